package dev.muster.system;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The platform as a process of its own, started as its users start it. */
final class MusterProcess implements AutoCloseable {

  private static final Path JAR = Path.of(System.getProperty("muster.jar", "")).toAbsolutePath();

  private final Path data;
  private final int port;
  private final Path output;
  private final Process process;

  private MusterProcess(Path data, int port, Path output, Process process) {
    this.data = data;
    this.port = port;
    this.output = output;
    this.process = process;
  }

  /** Starts it and waits until it is ready. */
  static MusterProcess up(Path data) throws IOException {
    var muster = launch(data, freePort());
    muster.awaitReady();
    return muster;
  }

  /** Starts it and waits for nothing. */
  static MusterProcess launch(Path data, int port, String... options) throws IOException {
    var output = Files.createTempFile("muster-output", ".txt");
    var process =
        new ProcessBuilder(command(data, port, options))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    return new MusterProcess(data, port, output, process);
  }

  private static List<String> command(Path data, int port, String... options) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED"));
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.addAll(List.of("-jar", JAR.toString(), "up"));
    command.addAll(List.of("--data", data.toString(), "--port", Integer.toString(port)));
    command.addAll(List.of(options));
    return command;
  }

  private void awaitReady() {
    var api = new Api(port, "");
    await()
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(100))
        .failFast(this::assertAlive)
        .until(api::isReady);
  }

  private void assertAlive() throws IOException {
    if (!process.isAlive()) {
      throw new AssertionError("it ended: " + output());
    }
  }

  Api api() throws IOException {
    return new Api(port, adminKey());
  }

  String adminKey() throws IOException {
    return Files.readString(data.resolve("admin.key")).strip();
  }

  Path data() {
    return data;
  }

  int port() {
    return port;
  }

  long pid() {
    return process.pid();
  }

  String output() throws IOException {
    return Files.readString(output);
  }

  /** As a power cut would: nothing is tidied up. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  /** Asks it to stop; returns its exit status. */
  int down() throws InterruptedException {
    process.destroy();
    return exitStatus();
  }

  int exitStatus() throws InterruptedException {
    if (!process.waitFor(1, TimeUnit.MINUTES)) {
      throw new AssertionError("it has not ended");
    }
    return process.exitValue();
  }

  @Override
  public void close() throws Exception {
    down();
    HostProcess.endAllOf(data);
    Files.delete(output);
  }

  static int freePort() throws IOException {
    try (var socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      return socket.getLocalPort();
    }
  }
}
