package dev.muster.worker.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.events.codec.HealthRecords;
import dev.muster.events.health.HealthReport;
import dev.muster.events.health.HealthSample;
import dev.muster.events.health.HostHeartbeat;
import dev.muster.events.instance.Ids;
import dev.muster.events.instance.InstanceSpec;
import dev.muster.events.kafka.Topics;
import dev.muster.events.outcome.Outcome.RunEnded;
import dev.muster.worker.EventTopic;
import dev.muster.worker.LogTopic;
import dev.muster.worker.driver.Action;
import dev.muster.worker.driver.Task;
import dev.muster.worker.driver.simulated.SimulatedDriver;
import dev.muster.worker.driver.simulated.SimulatedHost;
import dev.muster.worker.host.CordonedHosts;
import dev.muster.worker.host.Host;
import dev.muster.worker.host.HostAnnouncer;
import dev.muster.worker.host.HostDirectory;
import dev.muster.worker.logs.LogCounter;
import dev.muster.worker.logs.LogSender;
import dev.muster.worker.report.OutcomeReporter;
import dev.muster.worker.report.Publisher;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RegionWatchTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final String region = "sim-" + Ids.newEvent().substring(3);
  private final String instance = Ids.newInstance();
  private final SimulatedHost lab = new SimulatedHost("lab", 10, Duration.ZERO, 0);
  private final SimulatedDriver driver = new SimulatedDriver(lab);
  private final HostDirectory hosts =
      new HostDirectory(List.of(new Host("lab-" + region, region, "simulated", 10, driver)));
  private final List<Running> running = new ArrayList<>();
  private EventTopic topic;

  @BeforeEach
  void connect() throws Exception {
    topic = new EventTopic();
  }

  @AfterEach
  void disconnect() throws Exception {
    for (var worker : running) {
      worker.close();
    }
    topic.close();
  }

  @Test
  void a_run_that_ends_is_reported_once_with_its_exit_code() throws Exception {
    start(instance);
    driver.startReported(instance, "op_1");
    worker("w1");

    lab.end(instance, 3);

    await().atMost(PATIENCE).until(() -> topic.outcomesOf(instance).size() == 1);
    var ended = (RunEnded) topic.outcomesOf(instance).getFirst();
    assertThat(ended.runId()).isEqualTo("op_1");
    assertThat(ended.exitCode()).isEqualTo(3);
    assertThat(ended.host()).isEqualTo("lab-" + region);
    await().atMost(PATIENCE).until(() -> driver.observe().isEmpty());
  }

  @Test
  void an_end_waits_for_the_report_of_the_start() throws Exception {
    start(instance);
    var other = Ids.newInstance();
    start(other);
    driver.startReported(other, "op_1");
    lab.end(instance, 1);
    lab.end(other, 1);
    worker("w1");

    await().atMost(PATIENCE).until(() -> !topic.outcomesOf(other).isEmpty());
    assertThat(topic.outcomesOf(instance)).isEmpty();

    driver.startReported(instance, "op_1");
    await().atMost(PATIENCE).until(() -> topic.outcomesOf(instance).size() == 1);
  }

  @Test
  void a_live_instance_has_health_and_so_has_a_paused_one() throws Exception {
    start(instance);
    driver.startReported(instance, "op_1");
    driver.perform(new Task(instance, "op_2", 2, new Action.Pause()));

    worker("w1");

    var sample = samples(awaitHealth(all -> !samples(all).isEmpty())).getFirst();
    assertThat(sample.runId()).isEqualTo("op_1");
  }

  @Test
  void an_instance_that_does_not_change_is_told_once_and_then_its_host_tells_that_it_lives()
      throws Exception {
    start(instance);
    driver.startReported(instance, "op_1");

    worker("w1", Duration.ofSeconds(1));

    var heard = awaitHealth(all -> heartbeats(all).size() >= 3);
    var sample = samples(heard).getFirst();
    assertThat(samples(heard)).hasSize(1);
    assertThat(sample.host()).isEqualTo("lab-" + region);
    assertThat(heartbeats(heard))
        .allSatisfy(one -> assertThat(one.since()).isBeforeOrEqualTo(sample.lastHeartbeat()))
        .extracting(HostHeartbeat::at)
        .isSorted();
  }

  @Test
  void the_last_sample_of_a_run_is_of_no_host() throws Exception {
    start(instance);
    driver.startReported(instance, "op_1");
    worker("w1", Duration.ofSeconds(1));
    var alive = heartbeats(awaitHealth(all -> heartbeats(all).size() >= 2)).getLast();

    lab.end(instance, 0);

    var heard = awaitHealth(all -> samples(all).size() >= 2);
    assertThat(samples(heard).getLast().host()).isNull();
    assertThat(samples(heard).getLast().lastHeartbeat()).isAfterOrEqualTo(alive.at());
  }

  @Test
  void what_instances_print_is_collected() throws Exception {
    try (var logs = new LogTopic(topic.kafka(), instance)) {
      start(instance);

      worker("w1");

      assertThat(LogTopic.lines(logs.awaitChunks(all -> !all.isEmpty())))
          .containsExactly("start by task 1");
    }
  }

  @Test
  void of_two_workers_one_watches_and_the_other_takes_over() throws Exception {
    var first = worker("w1");
    var second = worker("w2");
    start(instance);
    driver.startReported(instance, "op_1");
    lab.end(instance, 1);
    await().atMost(PATIENCE).until(() -> !topic.outcomesOf(instance).isEmpty());

    var watcher = topic.outcomesOf(instance).getFirst().worker();
    (watcher.equals("w1") ? first : second).close();
    var later = Ids.newInstance();
    start(later);
    driver.startReported(later, "op_1");
    lab.end(later, 1);

    await().atMost(PATIENCE).until(() -> !topic.outcomesOf(later).isEmpty());
    assertThat(topic.outcomesOf(instance)).hasSize(1);
    assertThat(topic.outcomesOf(later).getFirst().worker()).isNotEqualTo(watcher);
  }

  private void start(String instanceId) throws Exception {
    var start = new Action.Start(InstanceSpec.bot("bot", region));
    driver.perform(new Task(instanceId, "op_1", 1, start));
  }

  private Running worker(String name) {
    return worker(name, Duration.ofSeconds(10));
  }

  private Running worker(String name, Duration healthInterval) {
    var worker = new Running(name, healthInterval);
    running.add(worker);
    await().atMost(PATIENCE).until(worker.watch::joined);
    return worker;
  }

  /** What the topic of health holds of the instance and of the host, in their order. */
  private List<HealthReport> awaitHealth(Predicate<List<HealthReport>> wanted) {
    try (var reader = topic.kafka().reader("health-test")) {
      var partitions =
          reader.partitionsFor(Topics.INSTANCE_HEALTH).stream()
              .map(p -> new TopicPartition(p.topic(), p.partition()))
              .toList();
      reader.assign(partitions);
      reader.seekToBeginning(partitions);
      var found = new ArrayList<HealthReport>();
      await()
          .atMost(PATIENCE)
          .until(
              () -> {
                for (var record : reader.poll(Duration.ofMillis(100))) {
                  found.add(HealthRecords.read(record.key(), record.value()));
                }
                return wanted.test(found);
              });
      return found;
    }
  }

  private List<HealthSample> samples(List<HealthReport> heard) {
    return heard.stream()
        .filter(HealthSample.class::isInstance)
        .map(HealthSample.class::cast)
        .filter(sample -> sample.instanceId().equals(instance))
        .toList();
  }

  private List<HostHeartbeat> heartbeats(List<HealthReport> heard) {
    return heard.stream()
        .filter(HostHeartbeat.class::isInstance)
        .map(HostHeartbeat.class::cast)
        .filter(heartbeat -> heartbeat.host().equals("lab-" + region))
        .toList();
  }

  private final class Running implements AutoCloseable {

    private final Publisher publisher;
    private final LogSender logs;
    private final RegionWatch watch;
    private final Thread announcing;
    private final Thread watching;

    Running(String name, Duration healthInterval) {
      publisher = new Publisher(topic.kafka(), name);
      logs = new LogSender(topic.kafka(), name + "-logs");
      var cordoned = new CordonedHosts();
      cordoned.caughtUp();
      var announcer =
          new HostAnnouncer(
              topic.kafka(), hosts, cordoned, publisher, name, InstantSource.system());
      announcing = Thread.startVirtualThread(() -> announce(announcer));
      watch =
          new RegionWatch(
              topic.kafka(),
              region,
              name,
              hosts,
              new OutcomeReporter(publisher, name),
              publisher,
              logs,
              LogCounter.NONE,
              healthInterval);
      watching = Thread.ofPlatform().start(watch);
    }

    private static void announce(HostAnnouncer announcer) {
      try {
        announcer.run();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void close() throws InterruptedException {
      announcing.interrupt();
      announcing.join();
      watch.stop();
      watching.join();
      publisher.close();
      logs.close();
    }
  }
}
