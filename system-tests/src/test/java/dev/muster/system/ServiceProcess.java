package dev.muster.system;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One service in a process of its own, which can be started again where it was. */
final class ServiceProcess implements AutoCloseable {

  private static final Path HOME = Path.of(System.getProperty("muster.home", ""));
  private static final Map<String, String> MODULES =
      Map.of(
          "command", "command-service", "query", "query-service", "worker", "provisioner-worker");

  private final String service;
  private final List<String> arguments;
  private final int port;
  private final int opsPort;
  private Jvm jvm;

  private ServiceProcess(String service, List<String> arguments, int port, int opsPort)
      throws IOException {
    this.service = service;
    this.arguments = arguments;
    this.port = port;
    this.opsPort = opsPort;
    this.jvm = launch(service, arguments);
  }

  /** Starts it and waits for nothing; a worker is named, the others have a port for clients. */
  static ServiceProcess launch(String service, Path env, String name) throws IOException {
    int port = MusterProcess.freePort();
    int opsPort = MusterProcess.freePort();
    var arguments = new ArrayList<>(List.of("--env", env.toString(), "--ops-port", "" + opsPort));
    arguments.addAll(
        service.equals("worker") ? List.of("--name", name) : List.of("--port", "" + port));
    return new ServiceProcess(service, arguments, port, opsPort);
  }

  static Jvm launch(String service, List<String> arguments) throws IOException {
    return Jvm.start(jar(service), arguments);
  }

  private static Path jar(String service) throws IOException {
    var module = MODULES.get(service);
    try (var jars = Files.newDirectoryStream(HOME.resolve(module + "/target"), "*-exec.jar")) {
      return jars.iterator().next().toAbsolutePath();
    }
  }

  int port() {
    return port;
  }

  /** Straight to this process, past the edge. */
  Api api(String key) {
    return new Api(port, key);
  }

  Api ops() {
    return Api.ofOperators(opsPort);
  }

  void awaitReady() {
    var ops = ops();
    await(service)
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(100))
        .failFast(() -> jvm.assertAlive())
        .until(ops::isReady);
  }

  void kill() throws InterruptedException {
    jvm.kill();
  }

  /** Asks it to stop; returns its exit status. */
  int stop() throws InterruptedException {
    return jvm.stop();
  }

  int exitStatus() throws InterruptedException {
    return jvm.exitStatus();
  }

  /** Starts it once more, on the same ports and under the same name. */
  void startAgain() throws IOException {
    jvm.forget();
    jvm = launch(service, arguments);
  }

  String output() throws IOException {
    return jvm.output();
  }

  @Override
  public void close() throws Exception {
    jvm.kill();
    jvm.forget();
  }
}
