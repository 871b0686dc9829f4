package dev.muster.worker;

import static dev.muster.worker.EventTopic.creation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.events.host.HostAnnouncement;
import dev.muster.events.host.HostOrder;
import dev.muster.events.instance.Ids;
import dev.muster.events.kafka.Topics;
import dev.muster.events.outcome.Outcome;
import dev.muster.events.outcome.Outcome.OperationRefused;
import dev.muster.events.outcome.Outcome.OperationSucceeded;
import dev.muster.events.worker.DrainOrder;
import dev.muster.events.worker.WorkerReport;
import dev.muster.ops.ready.ReadinessCheck;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;

/** Several whole workers of one region, over one host of this machine. */
class FleetTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path data;
  private final String region = "r-" + Ids.newEvent().substring(3);
  private final String first = "w1-" + region;
  private final String second = "w2-" + region;
  private final String third = "w3-" + region;
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
  void workers_join_and_leave_under_load_and_each_task_is_done_once() throws Exception {
    var leaving = workers.join(first);
    var instances = new ArrayList<>(create(20));
    workers.start(second);
    instances.addAll(create(20));
    workers.start(third);
    instances.addAll(create(20));
    await().atMost(PATIENCE).until(() -> topic.outcomes().size() >= 20);

    leaving.close();
    instances.addAll(create(20));

    await().atMost(PATIENCE).until(() -> succeeded().containsAll(instances));
    await().atMost(PATIENCE).until(() -> starts(instances) == 80);
    assertThat(instances).allSatisfy(one -> assertThat(workers.starts(one)).isEqualTo(1));
    assertThat(workers.report(first)).isEmpty();
  }

  @Test
  void a_worker_says_what_it_is_and_what_it_has() {
    workers.join(first);

    var report = await().atMost(PATIENCE).until(() -> reportOf(first), r -> r.partitions() == 4);

    assertThat(report.version()).isEqualTo("dev");
    assertThat(report.regions()).containsExactly(region);
    assertThat(report.draining()).isFalse();
    await().atMost(PATIENCE).until(() -> reportOf(first).lagEvents() == 0);
    assertThat(reportOf(first).at()).isAfter(report.startedAt());
  }

  @Test
  void partitions_are_shared_and_come_back_when_a_worker_leaves() {
    workers.join(first);
    var leaving = workers.join(second);
    await().atMost(PATIENCE).until(() -> workers.share(first, second));

    leaving.close();

    await().atMost(PATIENCE).until(() -> reportOf(first).partitions() == 4);
    assertThat(workers.report(second)).isEmpty();
  }

  @Test
  void a_worker_that_drains_takes_nothing_new_and_another_takes_over() throws Exception {
    var draining = workers.join(first);
    workers.join(second);

    drain(first);

    await().atMost(PATIENCE).until(() -> reportOf(first).draining());
    await().atMost(PATIENCE).until(() -> reportOf(first).partitions() == 0);
    var instances = create(8);
    await().atMost(PATIENCE).until(() -> succeeded().containsAll(instances));
    assertThat(topic.outcomes()).extracting(Outcome::worker).containsOnly(second);
    assertThat(reportOf(first).tasksInHand()).isZero();
    assertThat(draining.getBean(ReadinessCheck.class).missing()).isEmpty();
  }

  @Test
  void a_worker_that_is_started_again_after_it_drained_works_again() throws Exception {
    var draining = workers.join(first);
    drain(first);
    await().atMost(PATIENCE).until(() -> reportOf(first).draining());
    draining.close();

    workers.join(first);
    var instances = create(1);

    await().atMost(PATIENCE).until(() -> succeeded().containsAll(instances));
    assertThat(reportOf(first).draining()).isFalse();
  }

  @Test
  void a_worker_that_drained_and_is_called_back_works_again() throws Exception {
    workers.join(first);
    drain(first);
    await().atMost(PATIENCE).until(() -> reportOf(first).draining());
    await().atMost(PATIENCE).until(() -> reportOf(first).partitions() == 0);

    order(first, false);
    var instances = create(4);

    await().atMost(PATIENCE).until(() -> succeeded().containsAll(instances));
    await().atMost(PATIENCE).until(() -> !reportOf(first).draining());
    await().atMost(PATIENCE).until(() -> reportOf(first).partitions() == 4);
  }

  @Test
  void a_host_that_is_configured_no_more_is_taken_back_at_the_next_start() {
    var before = "before-" + region;
    var after = "after-" + region;
    workers.join(first, simulated(before)).close();
    assertThat(hosts()).containsKey(before);

    workers.join(first, simulated(after));

    assertThat(hosts()).containsKey(after).doesNotContainKey(before);
  }

  @Test
  void a_cordoned_host_gets_nothing_new_until_it_is_uncordoned() throws Exception {
    var host = "cordoned-" + region;
    cordon(host, true);
    var before = workers.join(first, simulated(host));
    await().atMost(PATIENCE).until(() -> cordoned(host).equals(Optional.of(true)));
    var refused = create(1);
    await().atMost(PATIENCE).until(() -> !topic.outcomesOf(refused.getFirst()).isEmpty());
    assertThat(topic.outcomesOf(refused.getFirst()))
        .singleElement()
        .isInstanceOfSatisfying(
            OperationRefused.class,
            outcome ->
                assertThat(outcome.reason())
                    .isEqualTo(
                        "hosts of region %s that can take it are cordoned: %s"
                            .formatted(region, host)));
    before.close();
    workers.join(first, simulated(host));
    var again = create(1);
    await().atMost(PATIENCE).until(() -> !topic.outcomesOf(again.getFirst()).isEmpty());
    assertThat(succeeded()).isEmpty();

    cordon(host, false);

    await().atMost(PATIENCE).until(() -> cordoned(host).equals(Optional.of(false)));
    var taken = create(1);
    await().atMost(PATIENCE).until(() -> succeeded().containsAll(taken));
  }

  private Optional<Boolean> cordoned(String host) {
    return Optional.ofNullable(hosts().get(host)).map(HostAnnouncement::cordoned);
  }

  private void cordon(String host, boolean cordoned) throws Exception {
    var order = new HostOrder(host, "key_1", Instant.now(), cordoned);
    topic.put(Topics.WORKER_ORDERS, order.key(), order);
  }

  private static String[] simulated(String host) {
    return new String[] {"muster.hosts[0].name=" + host, "muster.hosts[0].driver=simulated"};
  }

  private Map<String, HostAnnouncement> hosts() {
    return topic.newest(Topics.HOSTS, HostAnnouncement.class);
  }

  @Test
  void a_worker_counts_its_tasks_and_shows_how_far_it_is_behind() throws Exception {
    var registry = new SimpleMeterRegistry();
    var application = new SpringApplication(ProvisionerWorkerConfiguration.class);
    application.addInitializers(
        context -> context.getBeanFactory().registerSingleton("registry", registry));
    workers.start(application, first);
    create(3);

    await().atMost(PATIENCE).until(() -> topic.outcomes().size() == 3);

    var tasks = registry.get("muster.worker.tasks").tags("kind", "create", "result", "succeeded");
    await().atMost(PATIENCE).until(() -> tasks.counter().count() == 3);
    for (var gauge : List.of("muster.worker.lag.events", "muster.worker.lag.seconds")) {
      await().atMost(PATIENCE).until(() -> gauge(registry, gauge) == 0);
    }
    assertThat(registry.get("muster.worker.tasks.in.hand").gauge().value()).isZero();
    assertThat(registry.get("muster.job.failures").tag("job", "worker").functionCounter().count())
        .isZero();
  }

  private double gauge(MeterRegistry registry, String name) {
    return registry.get(name).tag("region", region).gauge().value();
  }

  private List<String> create(int count) throws Exception {
    var instances = new ArrayList<String>();
    for (int i = 0; i < count; i++) {
      var instance = Ids.newInstance();
      topic.send(1, creation(instance, workers.spec(), Instant.now().plusSeconds(120)));
      instances.add(instance);
    }
    return instances;
  }

  private void drain(String name) throws Exception {
    order(name, true);
  }

  private void order(String name, boolean draining) throws Exception {
    topic.put(Topics.WORKER_ORDERS, name, new DrainOrder(name, "key_1", Instant.now(), draining));
  }

  private WorkerReport reportOf(String name) {
    return workers.report(name).orElseThrow();
  }

  private List<String> succeeded() {
    return topic.outcomes().stream()
        .filter(OperationSucceeded.class::isInstance)
        .map(Outcome::instanceId)
        .toList();
  }

  private int starts(List<String> instances) throws Exception {
    int sum = 0;
    for (var instance : instances) {
      sum += workers.starts(instance);
    }
    return sum;
  }
}
