package dev.muster.kafka.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.muster.kafka.TestTopic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What a member of a group promises, on a real broker: who waits behind whom, what is committed.
 */
class GroupMemberTest {

  private final Map<String, CountDownLatch> held = new ConcurrentHashMap<>();
  private final List<String> begun = new CopyOnWriteArrayList<>();
  private final List<String> handled = new CopyOnWriteArrayList<>();
  private final List<String> waiting = new CopyOnWriteArrayList<>();
  private final List<Running> members = new ArrayList<>();
  private volatile boolean breaks = true;
  private TestTopic topic;
  private TopicPartition partition;

  @BeforeEach
  void begin() throws Exception {
    topic = new TestTopic(1);
    partition = new TopicPartition(topic.name(), 0);
  }

  @AfterEach
  void end() {
    held.values().forEach(CountDownLatch::countDown);
    members.forEach(Running::stop);
    topic.close();
  }

  @Test
  void records_of_one_key_are_handled_in_order() throws Exception {
    start();
    for (int i = 100; i < 200; i++) {
      topic.write("a", String.valueOf(i));
    }

    await().until(() -> handled.size() == 100);
    assertThat(handled).isSorted();
    await().until(() -> committed() == 100);
  }

  @Test
  void nobody_waits_behind_the_record_of_another_key() throws Exception {
    hold("1");
    start();
    topic.write("a", "1");
    topic.write("a", "2");
    topic.write("b", "3");

    await().until(() -> handled.contains("3"));

    await().until(() -> waiting.contains("2"));
    assertThat(handled).containsExactly("3");
  }

  @Test
  void only_what_has_nothing_unfinished_before_it_is_committed() throws Exception {
    hold("2");
    start();
    topic.write("a", "1");
    topic.write("b", "2");
    topic.write("c", "3");
    await().until(() -> handled.size() == 2);
    await().until(() -> committed() == 1);

    letGo("2");

    await().until(() -> committed() == 3);
  }

  @Test
  void what_there_is_nothing_to_do_about_is_committed_too() throws Exception {
    start();
    topic.write("nobody", "1");

    await().until(() -> committed() == 1);
    assertThat(begun).isEmpty();
  }

  @Test
  void what_fails_is_told_and_comes_again_and_what_comes_after_it_is_not_committed()
      throws Exception {
    var member = start();
    topic.write("broken", "1");
    topic.write("a", "2");

    assertThatThrownBy(member.running()::get)
        .isInstanceOf(ExecutionException.class)
        .hasRootCauseMessage("as the test wants it");
    assertThat(committed()).isZero();

    breaks = false;
    start();
    await().until(() -> handled.contains("1"));
    await().until(() -> committed() == 2);
  }

  @Test
  void one_that_leaves_finishes_what_has_begun_and_another_does_the_rest() throws Exception {
    hold("1");
    var leaving = start();
    topic.write("a", "1");
    topic.write("a", "2");
    await().until(() -> begun.contains("1"));

    leaving.tellToStop(Duration.ofMinutes(1));
    letGo("1");
    leaving.running().join();

    assertThat(committed()).isEqualTo(handled.size()).isPositive();
    start();
    await().until(() -> handled.contains("2"));
    assertThat(handled).containsExactly("1", "2");
  }

  @Test
  void one_that_stops_does_not_wait_for_what_hangs() throws Exception {
    hold("1");
    var leaving = start();
    topic.write("a", "1");
    topic.write("a", "2");
    await().until(() -> waiting.contains("2"));

    leaving.stop();

    assertThat(begun).as("what waited is for another").containsExactly("1");
    assertThat(handled).isEmpty();
    assertThat(committed()).isZero();
    letGo("1");
    start();
    await().until(() -> handled.contains("1"));
  }

  @Test
  void more_than_it_takes_at_once_is_handled_all_the_same() throws Exception {
    hold("0");
    topic.write("a", "0");
    for (int i = 1; i < 50; i++) {
      topic.write("a", String.valueOf(i));
    }
    var member = start();
    await().until(() -> begun.contains("0"));

    letGo("0");

    await().until(() -> handled.size() == 50);
    await().until(() -> member.member().tasks() == 0);
  }

  @Test
  void it_knows_what_it_holds_and_how_far_it_is() throws Exception {
    hold("2");
    var member = start();
    await().until(member.member()::joined);
    topic.write("a", "1");
    topic.write("a", "2");

    await().until(() -> isKnown(member.member().progress().get(partition)));
    assertThat(member.member().tasks()).isEqualTo(1);
  }

  private static boolean isKnown(@Nullable PartitionProgress progress) {
    return progress != null
        && progress.next() == 2
        && progress.unfinished() == 1
        && progress.oldest() != null;
  }

  private Running start() {
    var settings =
        new GroupSettings(
            topic.name(),
            "member",
            List.of(topic.name()),
            8,
            16,
            Duration.ofSeconds(5),
            Duration.ZERO,
            Duration.ofSeconds(1));
    var running =
        Running.of(
            new GroupMember(
                topic.kafka(),
                settings,
                record ->
                    record.key().equals("nobody")
                        ? Optional.empty()
                        : Optional.of(new TestTask(record))));
    members.add(running);
    return running;
  }

  private void hold(String value) {
    held.put(value, new CountDownLatch(1));
  }

  private void letGo(String value) {
    Objects.requireNonNull(held.get(value)).countDown();
  }

  private long committed() {
    try (var admin = topic.kafka().admin("committed")) {
      var found = admin.listConsumerGroupOffsets(topic.name()).partitionsToOffsetAndMetadata();
      var offset = found.get().get(partition);
      return offset == null ? 0 : offset.offset();
    } catch (InterruptedException | ExecutionException e) {
      return 0;
    }
  }

  private record Running(
      GroupMember member,
      AtomicBoolean stopping,
      AtomicLong leaveBy,
      CompletableFuture<Void> running) {

    static Running of(GroupMember member) {
      var stopping = new AtomicBoolean();
      var leaveBy = new AtomicLong();
      var running =
          CompletableFuture.runAsync(
              () -> member.run(() -> !stopping.get(), leaveBy::get),
              task -> Thread.ofPlatform().daemon().start(task));
      return new Running(member, stopping, leaveBy, running);
    }

    void tellToStop(Duration patience) {
      leaveBy.set(System.nanoTime() + patience.toNanos());
      stopping.set(true);
      member.wake();
    }

    void stop() {
      tellToStop(Duration.ZERO);
      await().until(running::isDone);
    }
  }

  private final class TestTask implements RecordTask {

    private final ConsumerRecord<String, byte[]> record;
    private final String value;

    TestTask(ConsumerRecord<String, byte[]> record) {
      this.record = record;
      this.value = new String(record.value());
    }

    @Override
    public String key() {
      return record.key();
    }

    @Override
    public void waits() {
      waiting.add(value);
    }

    @Override
    public void run() throws InterruptedException {
      begun.add(value);
      var latch = held.get(value);
      if (latch != null) {
        latch.await();
      }
      if (breaks && record.key().equals("broken")) {
        throw new IllegalStateException("as the test wants it");
      }
      handled.add(value);
    }
  }
}
