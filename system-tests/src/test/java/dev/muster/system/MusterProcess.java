package dev.muster.system;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** The platform as a process of its own, started as its users start it. */
final class MusterProcess implements Deployment {

  private static final Path JAR = Path.of(System.getProperty("muster.jar", "")).toAbsolutePath();

  private final Path data;
  private final int port;
  private final Jvm jvm;

  private MusterProcess(Path data, int port, Jvm jvm) {
    this.data = data;
    this.port = port;
    this.jvm = jvm;
  }

  /** Starts it and waits until it is ready. */
  static MusterProcess up(Path data, String... options) throws IOException {
    var muster = launch(data, freePort(), options);
    muster.awaitReady();
    return muster;
  }

  /** Starts it and waits for nothing. */
  static MusterProcess launch(Path data, int port, String... options) throws IOException {
    var arguments = new ArrayList<>(List.of("up", "--data", data.toString()));
    arguments.addAll(List.of("--port", Integer.toString(port)));
    arguments.addAll(List.of(options));
    return of(data, port, Jvm.start(JAR, arguments));
  }

  /** One that was started. */
  static MusterProcess of(Path data, int port, Jvm jvm) {
    return new MusterProcess(data, port, jvm);
  }

  void awaitReady() {
    var api = new Api(port, "");
    await()
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(100))
        .failFast(jvm::assertAlive)
        .until(api::isReady);
  }

  @Override
  public Api api() throws IOException {
    return new Api(port, adminKey());
  }

  @Override
  public String adminKey() throws IOException {
    return Files.readString(data.resolve("admin.key")).strip();
  }

  @Override
  public Path data() {
    return data;
  }

  @Override
  public int port() {
    return port;
  }

  /** Where it leaves a context for the command line, as {@code XDG_CONFIG_HOME}. */
  Path settings() {
    return jvm.settings();
  }

  String output() throws IOException {
    return jvm.output();
  }

  /** As a power cut would: nothing is tidied up. */
  void kill() throws InterruptedException {
    jvm.kill();
  }

  /** Asks it to stop; returns its exit status. */
  int down() throws InterruptedException {
    return jvm.stop();
  }

  int exitStatus() throws InterruptedException {
    return jvm.exitStatus();
  }

  @Override
  public void close() throws Exception {
    down();
    HostProcess.endAllOf(data);
    jvm.forget();
  }

  /**
   * A port that nothing listens on: below those that the kernel gives to outgoing connections,
   * which would take it before the program does, and below those of the embedded servers.
   */
  static int freePort() throws IOException {
    while (true) {
      var port = ThreadLocalRandom.current().nextInt(10_000, 20_000);
      try (var socket = new ServerSocket()) {
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return port;
      } catch (BindException e) {
        // somebody has it; the next one
      }
    }
  }
}
