package dev.muster.worker;

import static dev.muster.worker.EventTopic.creation;
import static dev.muster.worker.EventTopic.deletion;
import static dev.muster.worker.EventTopic.expired;
import static dev.muster.worker.EventTopic.pause;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.events.instance.Ids;
import dev.muster.events.instance.InstanceSpec;
import dev.muster.events.instance.RestartPolicy;
import dev.muster.events.kafka.TestKafka;
import dev.muster.events.outcome.Outcome.OperationSucceeded;
import dev.muster.events.outcome.Outcome.RunEnded;
import dev.muster.infrastructure.TestServers;
import dev.muster.ops.ready.ReadinessCheck;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole worker, with a real process on this machine. */
class WorkerTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path data;
  private final String region = "r-" + Ids.newEvent().substring(3);
  private final String instance = Ids.newInstance();
  private EventTopic topic;

  @BeforeEach
  void connect() throws Exception {
    topic = new EventTopic();
  }

  @AfterEach
  void disconnect() throws Exception {
    topic.close();
  }

  @Test
  void an_instance_outlives_its_worker_and_its_end_is_known_to_the_next() throws Exception {
    try (var _ = worker()) {
      topic.send(1, creation(instance, untilTold(), Instant.now().plusSeconds(30)));
      await().atMost(PATIENCE).until(() -> topic.outcomesOf(instance).size() == 1);
      assertThat(topic.outcomesOf(instance).getFirst()).isInstanceOf(OperationSucceeded.class);
    }
    assertThat(ProcessHandle.of(pid())).isPresent();

    Files.writeString(folder().resolve("work/die"), "");
    await().atMost(PATIENCE).until(() -> ProcessHandle.of(pid()).isEmpty());

    try (var _ = worker()) {
      await().atMost(PATIENCE).until(() -> topic.outcomesOf(instance).size() == 2);
      var ended = (RunEnded) topic.outcomesOf(instance).getLast();
      assertThat(ended.exitCode()).isEqualTo(5);

      topic.send(2, deletion(instance, region, "local", Instant.now().plusSeconds(30)));
      await().atMost(PATIENCE).until(() -> topic.outcomesOf(instance).size() == 3);
      assertThat(folder()).doesNotExist();
    }
  }

  @Test
  void an_expired_pause_leaves_the_process_alone() throws Exception {
    try (var _ = worker()) {
      topic.send(1, creation(instance, untilTold(), Instant.now().plusSeconds(30)));
      await().atMost(PATIENCE).until(() -> topic.outcomesOf(instance).size() == 1);
      var pause = pause(instance, region, "local", Instant.now().minusSeconds(1));

      topic.send(2, pause);
      topic.send(3, expired(pause));
      topic.send(4, pause(instance, region, "local"));

      await().atMost(PATIENCE).until(() -> topic.outcomesOf(instance).size() == 2);
      assertThat(topic.outcomesOf(instance).getLast()).isInstanceOf(OperationSucceeded.class);
      assertThat(ProcessHandle.of(pid())).isPresent();

      topic.send(5, deletion(instance, region, "local", Instant.now().plusSeconds(30)));
      await().atMost(PATIENCE).until(() -> topic.outcomesOf(instance).size() == 3);
    }
  }

  private ConfigurableApplicationContext worker() {
    var context =
        SpringApplication.run(
            ProvisionerWorkerConfiguration.class,
            "--spring.main.banner-mode=off",
            "--muster.kafka.bootstrap-servers=" + TestServers.shared().kafka(),
            "--muster.records.secret=" + TestKafka.SECRET,
            "--muster.kafka.partitions=4",
            "--muster.default-region=" + region,
            "--muster.hosts-data=" + data.resolve("hosts"));
    var readiness = context.getBean(ReadinessCheck.class);
    await().atMost(PATIENCE).until(() -> readiness.missing().isEmpty());
    return context;
  }

  private long pid() throws Exception {
    return Long.parseLong(Files.readString(folder().resolve("runs/1/pid")).split(" ")[0]);
  }

  private Path folder() {
    return data.resolve("hosts/local").resolve(instance);
  }

  private InstanceSpec untilTold() {
    var script = "while [ ! -e die ]; do sleep 0.05; done; exit 5";
    return new InstanceSpec(
        "test",
        region,
        null,
        List.of("sh", "-c", script),
        Map.of(),
        null,
        null,
        RestartPolicy.NEVER);
  }
}
