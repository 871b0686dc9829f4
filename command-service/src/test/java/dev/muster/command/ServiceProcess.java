package dev.muster.command;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** The command service in a JVM of its own, for what only a process can show. */
record ServiceProcess(Process process, Path out, Path err) implements AutoCloseable {

  private static final Pattern PORT = Pattern.compile("service=command port=(\\d+) ");

  static ServiceProcess start(Path folder, String... settings) throws IOException {
    var command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                CommandService.class.getName(),
                "--port=0",
                "--ops-port=0"));
    for (var setting : settings) {
      command.add("--" + setting);
    }
    var out = folder.resolve("out");
    var err = folder.resolve("err");
    var builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("MUSTER_"));
    return new ServiceProcess(
        builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start(), out, err);
  }

  boolean isReady() throws IOException {
    return Files.readString(out).contains("service_ready");
  }

  CompletableFuture<HttpResponse<String>> post(HttpClient http, String path) throws IOException {
    var port = PORT.matcher(Files.readString(out));
    if (!port.find()) {
      throw new IllegalStateException("it listens to no port yet");
    }
    return http.sendAsync(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port.group(1) + path))
            .header("X-API-Key", RunningCommandService.KEY)
            .POST(BodyPublishers.noBody())
            .build(),
        BodyHandlers.ofString());
  }

  int exitStatus(Duration atMost) throws InterruptedException {
    if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new IllegalStateException("it does not end");
    }
    return process.exitValue();
  }

  @Override
  public void close() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }
}
