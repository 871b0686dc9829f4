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
  private final List<String> options;
  private Jvm jvm;

  private InfraProcess(Path data, List<String> options) throws IOException {
    this.data = data;
    this.options = options;
    this.jvm = launch(data, options);
  }

  /** Starts it and waits until all servers are up. */
  static InfraProcess start(Path data) throws IOException {
    var options = new ArrayList<String>();
    for (var server : List.of("postgresql", "kafka", "mongodb")) {
      options.addAll(List.of("--" + server + "-port", "" + MusterProcess.freePort()));
    }
    var infra = new InfraProcess(data, options);
    infra.awaitReady();
    return infra;
  }

  /** Starts it and waits for nothing. */
  static Jvm launch(Path data, List<String> options) throws IOException {
    var arguments = new ArrayList<>(List.of("infra", "--data", data.toString()));
    arguments.addAll(options);
    return Jvm.start(JAR, arguments);
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
    jvm = launch(data, options);
    awaitReady();
  }

  @Override
  public void close() throws Exception {
    jvm.stop();
    jvm.forget();
  }
}
