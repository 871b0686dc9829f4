package dev.muster.worker.fleet;

import static dev.muster.worker.EventTopic.creation;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.events.codec.Json;
import dev.muster.events.instance.Ids;
import dev.muster.events.kafka.Topics;
import dev.muster.events.outcome.Outcome.OperationSucceeded;
import dev.muster.events.worker.DrainOrder;
import dev.muster.events.worker.WorkerReport;
import dev.muster.worker.EventTopic;
import dev.muster.worker.GatedDriver;
import dev.muster.worker.RunningInbox;
import dev.muster.worker.clock.BrokerClock;
import dev.muster.worker.driver.simulated.SimulatedDriver;
import dev.muster.worker.driver.simulated.SimulatedHost;
import dev.muster.worker.host.CordonedHosts;
import dev.muster.worker.host.Host;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FleetMemberTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final String region = "sim-" + Ids.newEvent().substring(3);
  private final String name = "w-" + region;
  private final String instance = Ids.newInstance();
  private final GatedDriver driver =
      new GatedDriver(new SimulatedDriver(new SimulatedHost("lab", 600, Duration.ZERO, 0)));
  private final BrokerClock clock =
      new BrokerClock(() -> Instant.now().plus(Duration.ofMinutes(5)));
  private EventTopic topic;
  private RunningInbox inbox;
  private FleetMember member;

  @BeforeEach
  void start() throws Exception {
    topic = new EventTopic();
    inbox =
        new RunningInbox(
            topic.kafka(), name, new Host("lab", region, "simulated", 9, driver), clock);
    order(name, Instant.now().plusSeconds(600)); // before its start, by a clock that is ahead
    member =
        new FleetMember(
            topic.kafka(),
            inbox.publisher(),
            Incarnation.now(name),
            List.of(inbox.inbox()),
            new CordonedHosts(),
            Optional::empty,
            clock);
    member.takeName();
    Thread.ofVirtual().start(() -> quietly(member::report));
    Thread.ofVirtual().start(() -> quietly(member::obey));
    await().atMost(PATIENCE).until(() -> report().partitions() == 4);
  }

  @AfterEach
  void stop() throws Exception {
    driver.openAll();
    member.stop();
    inbox.close();
    topic.close();
  }

  @Test
  void a_task_that_hangs_is_in_hand_and_the_lag_grows_older() throws Exception {
    driver.shut(instance);
    await().atMost(PATIENCE).until(() -> report().lagEvents() == 0);

    topic.send(1, creation(instance, region));

    await().atMost(PATIENCE).until(() -> report().tasksInHand() == 1);
    await().atMost(PATIENCE).until(() -> report().lagEvents() == 1 && report().lagSeconds() > 2);
    assertThat(member.tasksInHand()).isEqualTo(1);

    driver.openAll();

    await().atMost(PATIENCE).until(() -> report().lagEvents() == 0);
    assertThat(report().lagSeconds()).isZero();
    assertThat(report().tasksInHand()).isZero();
  }

  @Test
  void while_it_drains_the_task_that_has_begun_is_still_in_hand() throws Exception {
    driver.shut(instance);
    topic.send(1, creation(instance, region));
    await().atMost(PATIENCE).until(() -> driver.waiting(instance) == 1);

    order(name, Instant.now());

    await().atMost(PATIENCE).until(() -> report().draining());
    assertThat(report().tasksInHand()).isEqualTo(1);
    driver.openAll();
    await().atMost(PATIENCE).until(() -> report().partitions() == 0);
    await().atMost(PATIENCE).until(() -> topic.outcomesOf(instance).size() == 1);
  }

  @Test
  void an_order_from_before_its_start_or_for_another_is_not_obeyed() throws Exception {
    order("other", Instant.now());
    topic.putBytes(Topics.WORKER_ORDERS, name, new byte[] {1});
    var before = report().at();

    await().atMost(PATIENCE).until(() -> report().at().isAfter(before.plusSeconds(3)));

    assertThat(report().draining()).isFalse();
    topic.send(1, creation(instance, region));
    await().atMost(PATIENCE).until(() -> topic.outcomesOf(instance).size() == 1);
  }

  @Test
  void a_forged_order_and_a_forged_task_are_not_obeyed_and_those_beside_them_are()
      throws Exception {
    var order = new DrainOrder(name, "key_1", Instant.now(), true);
    topic.forge(new ProducerRecord<>(Topics.WORKER_ORDERS, name, Json.write(order)));
    var forged = Ids.newInstance();
    topic.forge(topic.record(1, creation(forged, region)));
    var before = report().at();

    topic.send(1, creation(instance, region));

    await().atMost(PATIENCE).until(() -> topic.outcomesOf(instance).size() == 1);
    await().atMost(PATIENCE).until(() -> report().at().isAfter(before.plusSeconds(3)));
    await().atMost(PATIENCE).until(() -> report().lagEvents() == 0);
    assertThat(report().draining()).isFalse();
    assertThat(topic.outcomesOf(forged)).isEmpty();
    order(name, Instant.now());
    await().atMost(PATIENCE).until(() -> report().draining());
  }

  @Test
  void a_clock_that_is_wrong_by_minutes_is_told_and_makes_no_task_late() throws Exception {
    topic.send(1, creation(instance, region));

    await().atMost(PATIENCE).until(() -> topic.outcomesOf(instance).size() == 1);
    assertThat(topic.outcomesOf(instance).getFirst()).isInstanceOf(OperationSucceeded.class);
    await().atMost(PATIENCE).until(() -> requireNonNull(report().clockSkewMs()) > 299_000);
    assertThat(report().clockSkewMs()).isLessThan(301_000);
    await().atMost(PATIENCE).until(() -> report().at().isBefore(Instant.now().plusSeconds(60)));
  }

  private void order(String worker, Instant at) throws Exception {
    topic.put(Topics.WORKER_ORDERS, worker, new DrainOrder(worker, "key_1", at, true));
  }

  private WorkerReport report() {
    return requireNonNull(topic.newest(Topics.WORKERS, WorkerReport.class).get(name));
  }

  private interface Work {
    void run() throws InterruptedException;
  }

  private static void quietly(Work work) {
    try {
      work.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
