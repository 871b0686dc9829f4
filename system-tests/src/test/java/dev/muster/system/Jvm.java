package dev.muster.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.springframework.util.FileSystemUtils;

/** A program of the platform as a process of its own, and what it says. */
final class Jvm {

  private final Path output;
  private final Process process;

  private Jvm(Path output, Process process) {
    this.output = output;
    this.process = process;
  }

  static Jvm start(Path jar, List<String> arguments) throws IOException {
    return start(jar, arguments, Map.of());
  }

  static Jvm start(Path jar, List<String> arguments, Map<String, String> environment)
      throws IOException {
    var unpacked = UnpackedJar.of(jar);
    return start(StartCache.options(unpacked), unpacked, arguments, environment);
  }

  /**
   * @param options of Java, beside those that all have
   * @param unpacked the jar
   */
  static Jvm start(
      List<String> options, Path unpacked, List<String> arguments, Map<String, String> environment)
      throws IOException {
    var output = Files.createTempFile("muster-output", ".txt");
    var builder =
        new ProcessBuilder(command(options, unpacked, arguments))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("MUSTER_"));
    // Contexts of the command line are a person's own.
    builder.environment().put("XDG_CONFIG_HOME", output + ".settings");
    builder.environment().putAll(environment);
    return new Jvm(output, builder.start());
  }

  private static List<String> command(List<String> options, Path unpacked, List<String> arguments) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED"));
    command.add("-XX:TieredStopAtLevel=1");
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.addAll(options);
    command.addAll(List.of("-jar", unpacked.toString()));
    command.addAll(arguments);
    return command;
  }

  /** As {@code XDG_CONFIG_HOME} of its environment. */
  Path settings() {
    return Path.of(output + ".settings");
  }

  long pid() {
    return process.pid();
  }

  String output() throws IOException {
    return Files.readString(output);
  }

  void assertAlive() throws IOException {
    if (!process.isAlive()) {
      throw new AssertionError("it ended: " + output());
    }
  }

  /** As a power cut would: nothing is tidied up. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  /** Asks it to stop; returns its exit status. */
  int stop() throws InterruptedException {
    process.destroy();
    return exitStatus();
  }

  int exitStatus() throws InterruptedException {
    if (!process.waitFor(3, TimeUnit.MINUTES)) {
      throw new AssertionError("it has not ended");
    }
    return process.exitValue();
  }

  void forget() throws IOException {
    Files.deleteIfExists(output);
    FileSystemUtils.deleteRecursively(Path.of(output + ".settings"));
  }
}
