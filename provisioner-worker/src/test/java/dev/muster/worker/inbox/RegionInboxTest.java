package dev.muster.worker.inbox;

import static dev.muster.worker.EventTopic.creation;
import static dev.muster.worker.EventTopic.deletion;
import static dev.muster.worker.EventTopic.expired;
import static dev.muster.worker.EventTopic.pause;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.events.instance.Ids;
import dev.muster.events.instance.InstanceSpec;
import dev.muster.events.outcome.Outcome;
import dev.muster.events.outcome.Outcome.OperationRefused;
import dev.muster.events.outcome.Outcome.OperationSucceeded;
import dev.muster.worker.EventTopic;
import dev.muster.worker.GatedDriver;
import dev.muster.worker.RunningInbox;
import dev.muster.worker.driver.simulated.SimulatedDriver;
import dev.muster.worker.driver.simulated.SimulatedHost;
import dev.muster.worker.driver.simulated.SimulatedHost.Entry;
import dev.muster.worker.host.Host;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RegionInboxTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  // Other tests share the topic: a region of its own has a group and instances of its own.
  private final String region = "sim-" + Ids.newEvent().substring(3);
  private final String instance = Ids.newInstance();
  private final SimulatedHost host = new SimulatedHost("lab", 600, Duration.ofMillis(5), 0);
  private final GatedDriver driver = new GatedDriver(new SimulatedDriver(host));
  private final List<RunningInbox> inboxes = new ArrayList<>();
  private EventTopic topic;

  @BeforeEach
  void connect() throws Exception {
    topic = new EventTopic();
  }

  @AfterEach
  void disconnect() throws Exception {
    driver.openAll();
    for (var inbox : inboxes) {
      inbox.close();
    }
    topic.close();
  }

  @Test
  void a_task_is_done_and_reported() throws Exception {
    start();
    var creation = creation(instance, region);

    topic.send(1, creation);

    await().atMost(PATIENCE).until(() -> topic.outcomesOf(instance).size() == 1);
    var outcome = (OperationSucceeded) topic.outcomesOf(instance).getFirst();
    assertThat(outcome.operationId()).isEqualTo(creation.operationId());
    assertThat(outcome.host()).isEqualTo("lab");
    assertThat(outcome.worker()).isEqualTo("w1");
    assertThat(host.journal()).containsExactly(new Entry(instance, 1, "start"));
  }

  @Test
  void tasks_of_one_instance_are_done_in_order() throws Exception {
    topic.send(1, creation(instance, region));
    topic.send(3, pause(instance, region, "lab"));
    topic.send(5, deletion(instance, region, "lab", soon()));

    start();

    await().atMost(PATIENCE).until(() -> topic.outcomesOf(instance).size() == 3);
    assertThat(host.journal())
        .extracting(Entry::action)
        .containsExactly("start", "pause", "remove");
    assertThat(topic.outcomesOf(instance)).allMatch(o -> o instanceof OperationSucceeded);
  }

  @Test
  void a_delete_is_announced_to_the_host_while_an_earlier_task_is_under_way() throws Exception {
    driver.shut(instance);
    start();
    topic.send(1, creation(instance, region));
    await().atMost(PATIENCE).until(() -> driver.waiting(instance) == 1);

    topic.send(3, deletion(instance, region, null, soon()));

    await().atMost(PATIENCE).until(() -> driver.fence(instance) == 3);
    assertThat(host.journal()).isEmpty();
  }

  @Test
  void a_slow_instance_holds_up_no_other() throws Exception {
    driver.shut(instance);
    start();

    topic.send(1, creation(instance, region));
    var others = IntStream.range(0, 50).mapToObj(_ -> Ids.newInstance()).toList();
    for (var other : others) {
      topic.send(1, creation(other, region));
    }

    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(topic.outcomes())
                    .extracting(Outcome::instanceId)
                    .containsAll(others)
                    .doesNotContain(instance));
  }

  @Test
  void more_than_can_be_in_hand_at_once_is_done_all_the_same() throws Exception {
    driver.shut(instance);
    topic.send(1, creation(instance, region));
    for (int sequence = 2; sequence < 1_200; sequence++) {
      topic.send(sequence, creation(instance, region));
    }
    start();
    await().atMost(PATIENCE).until(() -> driver.waiting(instance) == 1);

    driver.openAll();

    await().atMost(PATIENCE).until(() -> topic.outcomesOf(instance).size() == 1_199);
  }

  @Test
  void what_a_worker_had_not_finished_when_it_died_is_done_by_another() throws Exception {
    driver.shut(instance);
    var dying = start();
    topic.send(1, creation(instance, region));
    var others = IntStream.range(0, 20).mapToObj(_ -> Ids.newInstance()).toList();
    for (var other : others) {
      topic.send(1, creation(other, region));
    }
    await().atMost(PATIENCE).until(() -> topic.outcomes().size() >= 20);

    dying.closeWithoutWaiting();
    driver.openAll();
    start();

    await().atMost(PATIENCE).until(() -> !topic.outcomesOf(instance).isEmpty());
    assertThat(host.journal()).filteredOn(e -> e.instanceId().equals(instance)).hasSize(1);
    assertThat(host.journal()).hasSize(21);
  }

  @Test
  void a_worker_that_leaves_finishes_what_it_has_and_nothing_is_done_again() throws Exception {
    var leaving = start();
    for (int i = 0; i < 20; i++) {
      topic.send(1, creation(Ids.newInstance(), region));
    }
    await().atMost(PATIENCE).until(() -> topic.outcomes().size() >= 20);

    leaving.close();
    start();
    topic.send(1, creation(instance, region));

    await().atMost(PATIENCE).until(() -> !topic.outcomesOf(instance).isEmpty());
    assertThat(topic.outcomes()).hasSize(21);
  }

  @Test
  void a_task_past_its_deadline_is_left_alone_but_a_deletion_is_not() throws Exception {
    var past = Instant.now().minusSeconds(1);
    var deleted = Ids.newInstance();
    start();

    topic.send(1, creation(instance, InstanceSpec.bot("late", region), past));
    topic.send(2, deletion(deleted, region, null, past));
    topic.send(3, creation(instance, region));

    await().atMost(PATIENCE).until(() -> topic.outcomes().size() == 2);
    assertThat(host.journal())
        .containsExactlyInAnyOrder(
            new Entry(deleted, 2, "remove"), new Entry(instance, 3, "start"));
  }

  @Test
  void a_pause_past_its_deadline_is_left_alone_unless_the_host_has_it_already() throws Exception {
    start();
    topic.send(1, creation(instance, region));
    await().atMost(PATIENCE).until(() -> topic.outcomesOf(instance).size() == 1);
    var other = Ids.newInstance();
    topic.send(1, creation(other, region));
    await().atMost(PATIENCE).until(() -> topic.outcomesOf(other).size() == 1);
    topic.send(2, pause(other, region, "lab"));
    await().atMost(PATIENCE).until(() -> topic.outcomesOf(other).size() == 2);
    var past = Instant.now().minusSeconds(1);

    topic.send(2, pause(instance, region, "lab", past));
    topic.send(3, deletion(instance, region, "lab", past));
    topic.send(2, pause(other, region, "lab", past));

    await().atMost(PATIENCE).until(() -> topic.outcomesOf(other).size() == 3);
    assertThat(topic.outcomesOf(other).getLast()).isInstanceOf(OperationSucceeded.class);
    await().atMost(PATIENCE).until(() -> topic.outcomesOf(instance).size() == 2);
    assertThat(host.journal()).doesNotContain(new Entry(instance, 2, "pause"));
  }

  @Test
  void a_full_region_is_refused_and_named() throws Exception {
    var small = new SimulatedHost("tiny", 1, Duration.ZERO, 0);
    start(new Host("tiny", region, "simulated", 1, new SimulatedDriver(small)));
    topic.send(1, creation(Ids.newInstance(), region));
    await().atMost(PATIENCE).until(() -> topic.outcomes().size() == 1);

    topic.send(1, creation(instance, region));

    await().atMost(PATIENCE).until(() -> topic.outcomesOf(instance).size() == 1);
    var refused = (OperationRefused) topic.outcomesOf(instance).getFirst();
    assertThat(refused.reason()).isEqualTo("region %s is full (1 of 1)".formatted(region));
    assertThat(refused.host()).isNull();
  }

  @Test
  void what_an_expired_creation_left_is_cleared_without_a_word() throws Exception {
    start();
    var creation = creation(instance, region);
    topic.send(1, creation);
    await().atMost(PATIENCE).until(() -> topic.outcomesOf(instance).size() == 1);

    topic.send(2, expired(creation));

    await().atMost(PATIENCE).until(() -> host.journal().contains(new Entry(instance, 2, "clear")));
    topic.send(3, pause(instance, region, "lab"));
    await().atMost(PATIENCE).until(() -> topic.outcomesOf(instance).size() == 2);
    assertThat(topic.outcomesOf(instance).getLast()).isInstanceOf(OperationRefused.class);
  }

  @Test
  void a_host_that_fails_twice_is_tried_a_third_time() throws Exception {
    driver.failNext(2);
    start();

    topic.send(1, creation(instance, region));

    await().atMost(PATIENCE).until(() -> topic.outcomesOf(instance).size() == 1);
    assertThat(topic.outcomesOf(instance).getFirst()).isInstanceOf(OperationSucceeded.class);
  }

  @Test
  void a_host_that_goes_on_failing_is_reported_with_its_reason() throws Exception {
    driver.failNext(3);
    start();

    topic.send(1, creation(instance, region));

    await().atMost(PATIENCE).until(() -> topic.outcomesOf(instance).size() == 1);
    var refused = (OperationRefused) topic.outcomesOf(instance).getFirst();
    assertThat(refused.reason()).contains("host lab failed", "3 times", "out of order");
  }

  @Test
  void one_that_drains_finishes_what_has_begun_and_leaves_the_rest_to_others() throws Exception {
    driver.shut(instance);
    var draining = start();
    topic.send(1, creation(instance, region));
    await().atMost(PATIENCE).until(() -> driver.waiting(instance) == 1);

    draining.inbox().drain();
    var later = IntStream.range(0, 8).mapToObj(_ -> Ids.newInstance()).toList();
    for (var one : later) {
      topic.send(1, creation(one, region));
    }
    driver.openAll();

    var nothing = new InboxStatus(region, Map.of(), 0);
    await().atMost(PATIENCE).until(() -> draining.inbox().holding().equals(nothing));
    await().atMost(PATIENCE).until(() -> !topic.outcomesOf(instance).isEmpty());
    assertThat(topic.outcomes()).hasSize(1);
    start();
    await().atMost(PATIENCE).until(() -> topic.outcomes().size() == 9);
    assertThat(host.journal()).hasSize(9);
  }

  @Test
  void two_workers_share_the_work_and_do_each_task_once() throws Exception {
    start();
    start();
    for (int i = 0; i < 200; i++) {
      topic.send(1, creation(Ids.newInstance(), region));
    }

    await().atMost(PATIENCE).until(() -> topic.outcomes().size() >= 200);

    assertThat(host.journal()).hasSize(200);
  }

  private static Instant soon() {
    return Instant.now().plusSeconds(30);
  }

  private RunningInbox start() {
    return start(new Host("lab", region, "simulated", 600, driver));
  }

  private RunningInbox start(Host on) {
    var inbox = new RunningInbox(topic.kafka(), "w1", on);
    inboxes.add(inbox);
    await().atMost(PATIENCE).until(inbox.inbox()::joined);
    return inbox;
  }
}
