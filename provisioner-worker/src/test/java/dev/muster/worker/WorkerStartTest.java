package dev.muster.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.muster.events.instance.Ids;
import dev.muster.events.kafka.Topics;
import dev.muster.events.worker.WorkerReport;
import dev.muster.ops.ready.ReadinessCheck;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ApplicationContext;

/** What a worker finds wrong when it starts. */
class WorkerStartTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path data;
  private final String region = "r-" + Ids.newEvent().substring(3);
  private final String name = "w1-" + region;
  private EventTopic topic;
  private Workers workers;

  @BeforeEach
  void connect() throws Exception {
    topic = new EventTopic();
    workers = new Workers(topic, region, data);
  }

  @AfterEach
  void disconnect() throws Exception {
    workers.close();
    topic.close();
  }

  @Test
  void a_second_worker_of_a_name_ends_with_one_line_and_the_first_goes_on() throws Exception {
    workers.join(name);
    var incarnation = reportOf(name).incarnation();

    var second = workers.apart(name);

    assertThat(second.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(second.exitValue()).isEqualTo(1);
    assertThat(Files.readAllLines(workers.log(name)))
        .as("what it said: %s", Files.readString(workers.log(name)))
        .filteredOn(line -> line.startsWith("muster: "))
        .singleElement()
        .asString()
        .isEqualTo(
            "muster: worker name '%s' is in use by another live worker; give this one another --name"
                .formatted(name));
    assertThat(reportOf(name).incarnation()).isEqualTo(incarnation);
  }

  @Test
  void of_two_that_start_at_once_under_one_name_one_works() {
    var both = List.of(workers.start(name), workers.start(name));

    await()
        .atMost(PATIENCE)
        .until(() -> both.stream().filter(c -> missing(c).isEmpty()).count() == 1);
    await()
        .atMost(PATIENCE)
        .until(() -> both.stream().filter(c -> missing(c).contains("is in use")).count() == 1);
  }

  @Test
  void the_name_of_a_worker_that_died_is_free() throws Exception {
    var dead =
        new WorkerReport(
            name,
            "dead",
            "dev",
            List.of(region),
            4,
            0,
            0,
            0,
            false,
            null,
            Instant.now(),
            Instant.now(),
            null);
    topic.put(Topics.WORKERS, name, dead);

    workers.join(name);

    assertThat(reportOf(name).incarnation()).isNotEqualTo("dead");
  }

  @Test
  void topics_that_do_not_fit_keep_the_worker_from_its_work() {
    var context = workers.start(name, "muster.kafka.partitions=5");

    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(missing(context))
                    .contains(
                        "topic instance-events has 4 partitions and muster.kafka.partitions is 5"));
    assertThat(workers.report(name)).isEmpty();
  }

  @Test
  void a_region_without_a_host_is_named() {
    assertThatThrownBy(() -> workers.start(name, "muster.worker.regions=mars," + region))
        .rootCause()
        .hasMessageContaining(
            "muster.worker.regions names 'mars' and no host of muster.hosts is in it, they are in "
                + region);
  }

  private static String missing(ApplicationContext context) {
    return context.getBean(ReadinessCheck.class).missing().orElse("");
  }

  private WorkerReport reportOf(String worker) {
    return workers.report(worker).orElseThrow();
  }
}
