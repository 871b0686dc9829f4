package dev.muster.system;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** PostgreSQL, Kafka and the Mongo server, without any service, always on the same ports. */
final class InfraProcess implements AutoCloseable {

  private static final Path JAR = Path.of(System.getProperty("muster.jar", "")).toAbsolutePath();

  private final Path data;
  private final List<String> arguments;
  private Jvm jvm;

  private InfraProcess(Path data, List<String> arguments) throws IOException {
    this.data = data;
    this.arguments = arguments;
    this.jvm = Jvm.start(JAR, arguments);
  }

  /** Starts it and waits until all servers are up. */
  static InfraProcess start(Path data) throws IOException {
    var arguments = new ArrayList<>(List.of("infra", "--data", data.toString()));
    for (var server : List.of("postgresql", "kafka", "mongodb")) {
      arguments.addAll(List.of("--" + server + "-port", "" + MusterProcess.freePort()));
    }
    var infra = new InfraProcess(data, arguments);
    infra.awaitReady();
    return infra;
  }

  private void awaitReady() {
    await("infra")
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(100))
        .failFast(() -> jvm.assertAlive())
        .until(() -> jvm.output().contains("Ready in"));
  }

  /** What services take as their settings. */
  Path env() {
    return data.resolve("infra.env");
  }

  void kill() throws InterruptedException {
    jvm.kill();
  }

  void startAgain() throws IOException {
    jvm.forget();
    jvm = Jvm.start(JAR, arguments);
    awaitReady();
  }

  @Override
  public void close() throws Exception {
    jvm.stop();
    jvm.forget();
  }
}
