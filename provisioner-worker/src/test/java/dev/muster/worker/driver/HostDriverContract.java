package dev.muster.worker.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.events.health.HealthSample;
import dev.muster.events.instance.Ids;
import dev.muster.events.instance.InstanceSpec;
import dev.muster.worker.driver.ActionResult.Done;
import dev.muster.worker.driver.ActionResult.Refused;
import dev.muster.worker.driver.ActionResult.Superseded;
import dev.muster.worker.driver.Observation.Alive;
import dev.muster.worker.driver.Observation.Ended;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What every host driver promises. The test of one that has output or shells implements {@link
 * HostOutputContract} or {@link HostShellsContract} as well.
 */
public abstract class HostDriverContract implements HostDriverFixture {

  protected final String instance = Ids.newInstance();

  /** Another driver for the host of this test, as after a restart of the worker. */
  protected abstract HostDriver open(int capacity) throws Exception;

  /** An instance that runs until {@link #end}. */
  protected abstract InstanceSpec spec();

  protected abstract void end(String instanceId, int exitCode) throws Exception;

  /** How many runs of the instance were started in all. */
  protected abstract int starts(String instanceId) throws Exception;

  @Override
  public final String instance() {
    return instance;
  }

  @Override
  public final HostDriver open() throws Exception {
    return open(10);
  }

  protected final Task start(long sequence) {
    return task(sequence, new Action.Start(spec()));
  }

  @Override
  public final Task task(long sequence, Action action) {
    return new Task(instance, "op_" + sequence, sequence, action);
  }

  @Override
  public final HostDriver started() throws Exception {
    var driver = open();
    assertThat(driver.perform(start(1))).isEqualTo(new Done());
    driver.startReported(instance, "op_1");
    await().until(() -> starts(instance) == 1);
    return driver;
  }

  @Test
  void its_test_covers_the_parts_that_it_has() throws Exception {
    var driver = open();

    assertThat(this instanceof HostOutputContract).isEqualTo(driver.output().isPresent());
    assertThat(this instanceof HostShellsContract).isEqualTo(driver.shells().isPresent());
  }

  @Test
  void a_started_instance_is_alive() throws Exception {
    var driver = open();

    var result = driver.perform(start(1));
    driver.startReported(instance, "op_1");

    assertThat(result).isEqualTo(new Done());
    assertThat(driver.observe()).containsExactly(new Alive(instance, "op_1"));
    assertThat(driver.knows(instance)).isTrue();
    assertThat(driver.load()).isEqualTo(1);
  }

  @Test
  void a_redelivered_start_starts_nothing_more() throws Exception {
    started();

    var again = open().perform(start(1));

    assertThat(again).isEqualTo(new Done());
    assertThat(starts(instance)).isEqualTo(1);
    assertThat(open().observe()).containsExactly(new Alive(instance, "op_1"));
  }

  @Test
  void a_start_of_a_run_that_has_ended_meanwhile_is_done_and_starts_nothing_more()
      throws Exception {
    var driver = started();
    end(instance, 0);
    await().until(() -> driver.observe().getFirst() instanceof Ended);

    var again = open().perform(start(1));

    assertThat(again).isEqualTo(new Done());
    assertThat(starts(instance)).isEqualTo(1);
  }

  @Test
  void pausing_and_resuming_twice_is_done_each_time() throws Exception {
    var driver = started();

    assertThat(driver.perform(task(2, new Action.Pause()))).isEqualTo(new Done());
    assertThat(open().perform(task(2, new Action.Pause()))).isEqualTo(new Done());
    assertThat(driver.observe()).containsExactly(new Alive(instance, "op_1"));
    assertThat(driver.perform(task(4, new Action.Resume()))).isEqualTo(new Done());
    assertThat(open().perform(task(4, new Action.Resume()))).isEqualTo(new Done());
    assertThat(driver.observe()).containsExactly(new Alive(instance, "op_1"));
  }

  @Test
  void any_driver_of_the_host_can_tell_whether_it_keeps_the_instance_paused() throws Exception {
    var driver = started();
    assertThat(open().keepsPaused(instance)).isFalse();

    driver.perform(task(2, new Action.Pause()));
    assertThat(open().keepsPaused(instance)).isTrue();

    driver.perform(task(3, new Action.Resume()));
    assertThat(open().keepsPaused(instance)).isFalse();
    assertThat(driver.keepsPaused(Ids.newInstance())).isFalse();
  }

  @Test
  void a_later_start_begins_a_new_run_in_place_of_the_old() throws Exception {
    var driver = started();

    var result = driver.perform(start(3));
    driver.startReported(instance, "op_3");

    assertThat(result).isEqualTo(new Done());
    await().untilAsserted(() -> assertThat(starts(instance)).isEqualTo(2));
    assertThat(driver.observe()).containsExactly(new Alive(instance, "op_3"));
    assertThat(driver.load()).isEqualTo(1);
  }

  @Test
  void a_paused_instance_can_be_started_anew_and_removed() throws Exception {
    var driver = started();
    driver.perform(task(2, new Action.Pause()));

    assertThat(driver.perform(start(3))).isEqualTo(new Done());
    driver.startReported(instance, "op_3");
    assertThat(driver.perform(task(4, new Action.Pause()))).isEqualTo(new Done());
    assertThat(driver.perform(task(5, new Action.Remove()))).isEqualTo(new Done());

    assertThat(driver.observe()).isEmpty();
  }

  @Test
  void a_task_older_than_the_newest_seen_changes_nothing() throws Exception {
    var driver = started();
    driver.perform(start(5));
    driver.startReported(instance, "op_5");

    assertThat(driver.perform(start(1))).isEqualTo(new Superseded());
    assertThat(driver.perform(task(2, new Action.Pause()))).isEqualTo(new Superseded());
    assertThat(driver.perform(task(3, new Action.Clear()))).isEqualTo(new Superseded());
    assertThat(driver.perform(task(4, new Action.Remove()))).isEqualTo(new Superseded());

    assertThat(driver.observe()).containsExactly(new Alive(instance, "op_5"));
  }

  @Test
  void a_removed_instance_leaves_nothing_and_does_not_come_back() throws Exception {
    var driver = started();

    var result = driver.perform(task(2, new Action.Remove()));
    var again = open().perform(task(2, new Action.Remove()));
    var late = open().perform(start(1));

    assertThat(List.of(result, again, late))
        .containsExactly(new Done(), new Done(), new Superseded());
    assertThat(driver.observe()).isEmpty();
    assertThat(driver.knows(instance)).isFalse();
    assertThat(driver.load()).isZero();
  }

  @Test
  void what_was_never_there_can_be_removed_and_does_not_start_later() throws Exception {
    var driver = open();

    assertThat(driver.perform(task(2, new Action.Remove()))).isEqualTo(new Done());
    assertThat(driver.perform(start(1))).isEqualTo(new Superseded());
    assertThat(starts(instance)).isZero();
  }

  @Test
  void a_cleared_instance_does_not_run_until_a_later_start() throws Exception {
    var driver = started();

    assertThat(driver.perform(task(3, new Action.Clear()))).isEqualTo(new Done());
    assertThat(driver.observe()).isEmpty();
    assertThat(driver.load()).isZero();
    assertThat(driver.perform(start(1))).isEqualTo(new Superseded());

    assertThat(driver.perform(start(4))).isEqualTo(new Done());
    driver.startReported(instance, "op_4");
    assertThat(driver.observe()).containsExactly(new Alive(instance, "op_4"));
  }

  @Test
  void clearing_what_was_never_there_fences_it_too() throws Exception {
    var driver = open();

    assertThat(driver.perform(task(2, new Action.Clear()))).isEqualTo(new Done());
    assertThat(driver.perform(start(1))).isEqualTo(new Superseded());
    assertThat(driver.perform(start(3))).isEqualTo(new Done());
  }

  @Test
  void pausing_or_resuming_what_is_not_there_is_refused() throws Exception {
    var driver = open();

    assertThat(driver.perform(task(2, new Action.Pause()))).isInstanceOf(Refused.class);
    assertThat(driver.perform(task(3, new Action.Resume()))).isInstanceOf(Refused.class);
  }

  @Test
  void an_end_is_seen_with_its_exit_code_until_it_was_reported() throws Exception {
    var driver = started();

    end(instance, 3);
    await().untilAsserted(() -> assertThat(open().observe().getFirst()).isInstanceOf(Ended.class));

    assertThat(((Ended) driver.observe().getFirst()).exitCode()).isEqualTo(3);
    assertThat(driver.perform(task(2, new Action.Pause()))).isInstanceOf(Refused.class);
    driver.endReported(instance, "op_1");
    assertThat(open().observe()).isEmpty();
  }

  @Test
  void an_end_is_not_told_before_the_start_was() throws Exception {
    var driver = open();
    driver.perform(start(1));
    await().until(() -> starts(instance) == 1);
    end(instance, 0);

    assertThat(driver.observe()).isEmpty();
    driver.startReported(instance, "op_1");

    await().untilAsserted(() -> assertThat(driver.observe()).hasSize(1));
  }

  @Test
  void a_full_host_refuses_and_says_so() throws Exception {
    var driver = open(1);
    var other = Ids.newInstance();
    driver.perform(new Task(other, "op_1", 1, new Action.Start(spec())));

    var refused = driver.perform(start(1));

    assertThat(refused).isInstanceOf(Refused.class);
    assertThat(((Refused) refused).reason()).contains("is full (1 of 1)");
    driver.perform(new Task(other, "op_2", 2, new Action.Remove()));
    assertThat(driver.perform(start(1))).isEqualTo(new Done());
  }

  @Test
  void a_run_whose_end_was_reported_takes_no_place() throws Exception {
    var driver = started();
    end(instance, 1);
    await().until(() -> driver.observe().getFirst() instanceof Ended);

    driver.endReported(instance, "op_1");

    assertThat(driver.load()).isZero();
  }

  @Test
  void a_sample_names_the_run_and_a_paused_instance_has_a_heartbeat_too() throws Exception {
    var driver = started();
    driver.perform(task(2, new Action.Pause()));
    var before = Instant.now();

    List<HealthSample> samples = driver.sample(List.of(instance, Ids.newInstance()));

    assertThat(samples).hasSize(1);
    assertThat(samples.getFirst().instanceId()).isEqualTo(instance);
    assertThat(samples.getFirst().runId()).isEqualTo("op_1");
    assertThat(samples.getFirst().lastHeartbeat()).isAfterOrEqualTo(before);
  }
}
