package dev.muster.worker;

import static dev.muster.worker.EventTopic.creation;
import static dev.muster.worker.EventTopic.deletion;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.events.instance.Ids;
import dev.muster.events.instance.InstanceSpec;
import dev.muster.events.instance.RestartPolicy;
import dev.muster.events.outcome.Outcome;
import dev.muster.events.outcome.Outcome.OperationSucceeded;
import dev.muster.infrastructure.TestServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker in a JVM of its own that is killed while it works. */
class CrashTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int INSTANCES = 40;

  @TempDir Path data;
  private final String region = "r-" + Ids.newEvent().substring(3);
  private final List<String> instances =
      IntStream.range(0, INSTANCES).mapToObj(_ -> Ids.newInstance()).toList();

  @Test
  void a_worker_killed_at_work_leaves_each_instance_with_one_process() throws Exception {
    try (var topic = new EventTopic()) {
      for (var instance : instances) {
        topic.send(1, creation(instance, spec(), Instant.now().plusSeconds(120)));
      }
      for (int started : List.of(5, 20)) {
        var killed = worker();
        await().atMost(PATIENCE).until(() -> topic.outcomes().size() >= started);
        killed.destroyForcibly().waitFor();
      }
      var last = worker();
      try {
        await().atMost(PATIENCE).until(() -> succeeded(topic).containsAll(instances));
        await().atMost(PATIENCE).until(() -> instances.stream().allMatch(this::hasStarted));
        assertThat(instances).allSatisfy(i -> assertThat(starts(i)).isEqualTo(1));
      } finally {
        delete(topic);
        last.destroy();
      }
      assertThat(last.waitFor()).isEqualTo(143);
    }
  }

  private void delete(EventTopic topic) throws Exception {
    for (var instance : instances) {
      topic.send(2, deletion(instance, region, "local", Instant.now().plusSeconds(30)));
    }
    await().atMost(PATIENCE).until(() -> instances.stream().noneMatch(i -> Files.exists(work(i))));
  }

  private static List<String> succeeded(EventTopic topic) {
    return topic.outcomes().stream()
        .filter(OperationSucceeded.class::isInstance)
        .map(Outcome::instanceId)
        .toList();
  }

  private boolean hasStarted(String instance) {
    return Files.exists(work(instance).resolve("started"));
  }

  private int starts(String instance) throws IOException {
    return Files.readAllLines(work(instance).resolve("started")).size();
  }

  private Path work(String instance) {
    return data.resolve("hosts/local").resolve(instance).resolve("work");
  }

  private InstanceSpec spec() {
    var command = List.of("sh", "-c", "echo x >> started; exec sleep 600");
    return new InstanceSpec(
        "test", region, null, command, Map.of(), null, null, RestartPolicy.NEVER);
  }

  private Process worker() throws IOException {
    var classes =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin/java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-XX:TieredStopAtLevel=1",
            "-Xmx256m",
            "-cp",
            classes,
            ProvisionerWorker.class.getName(),
            "--muster.kafka.bootstrap-servers=" + TestServers.shared().kafka(),
            "--muster.default-region=" + region,
            "--muster.hosts-data=" + data.resolve("hosts"))
        .redirectErrorStream(true)
        .redirectOutput(data.resolve("worker.log").toFile())
        .start();
  }
}
