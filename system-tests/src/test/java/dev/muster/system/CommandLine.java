package dev.muster.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/** {@code ./muster} as people start it: the script, as a process. */
final class CommandLine {

  static final String MUSTER = Path.of(System.getProperty("muster.home"), "muster").toString();

  private final Map<String, String> environment = new HashMap<>();

  /**
   * @param settings as {@code XDG_CONFIG_HOME}: where contexts are
   */
  CommandLine(Path settings) {
    environment.put("XDG_CONFIG_HOME", settings.toString());
    environment.put("MUSTER_JAR", System.getProperty("muster.jar"));
    environment.put("JAVA_HOME", System.getProperty("java.home"));
  }

  CommandLine with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  record Result(int status, String out, String err) {

    JsonNode json() {
      return Api.JSON.readTree(out);
    }
  }

  /** Runs a command to its end. */
  Result run(String... arguments) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of(MUSTER));
    command.addAll(List.of(arguments));
    return runs(command);
  }

  /**
   * Runs a line of bash, in which {@code muster} is the command. It comes from a file, as the
   * arguments of a process are no UTF-8 in every locale.
   */
  Result bash(String line) throws IOException, InterruptedException {
    var file = Files.createTempFile("muster-line", ".sh");
    try {
      Files.writeString(file, "set -o pipefail\nmuster() { '" + MUSTER + "' \"$@\"; }\n" + line);
      return runs(List.of("bash", file.toString()));
    } finally {
      Files.delete(file);
    }
  }

  private Result runs(List<String> command) throws IOException, InterruptedException {
    var err = Files.createTempFile("muster-err", ".txt");
    try {
      var process = builder(command).redirectError(err.toFile()).start();
      process.getOutputStream().close();
      var out = new String(process.getInputStream().readAllBytes(), UTF_8);
      if (!process.waitFor(1, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new AssertionError(command + " has not ended");
      }
      return new Result(process.exitValue(), out, Files.readString(err));
    } finally {
      Files.delete(err);
    }
  }

  /** Starts one that goes on by itself; its output is to be read. */
  Process start(String... arguments) throws IOException {
    var command = new ArrayList<>(List.of(MUSTER));
    command.addAll(List.of(arguments));
    return builder(command).redirectErrorStream(true).start();
  }

  private ProcessBuilder builder(List<String> command) {
    var builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("MUSTER_"));
    builder.environment().putAll(environment);
    return builder;
  }
}
