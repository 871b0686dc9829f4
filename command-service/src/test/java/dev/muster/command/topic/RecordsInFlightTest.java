package dev.muster.command.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who waits behind whom, and how far is committed. */
class RecordsInFlightTest {

  private static final TopicPartition PARTITION = new TopicPartition("t", 0);

  private final Map<Long, CountDownLatch> held = new ConcurrentHashMap<>();
  private final List<Long> begun = new CopyOnWriteArrayList<>();
  private final List<Long> handled = new CopyOnWriteArrayList<>();
  private final RecordsInFlight inHand = new RecordsInFlight(this::handle);

  @AfterEach
  void close() {
    inHand.close();
  }

  @Test
  void records_of_one_key_are_handled_in_order() {
    for (long offset = 0; offset < 100; offset++) {
      inHand.add(record("a", offset));
    }

    await().until(() -> handled.size() == 100);
    assertThat(handled).isSorted();
    assertThat(inHand.toCommit()).isEqualTo(upTo(100));
  }

  @Test
  void nobody_waits_behind_the_record_of_another_key() {
    hold(0);
    inHand.add(record("a", 0));
    inHand.add(record("a", 1));
    inHand.add(record("b", 2));

    await().until(() -> handled.contains(2L));

    assertThat(handled).containsExactly(2L);
  }

  @Test
  void only_what_has_nothing_unfinished_before_it_is_committed() {
    hold(5);
    inHand.add(record("a", 4));
    inHand.add(record("b", 5));
    inHand.add(record("c", 6));
    await().until(() -> handled.size() == 2);

    assertThat(inHand.toCommit()).isEqualTo(upTo(5));
    letGo(5);

    await().untilAsserted(() -> assertThat(inHand.toCommit()).isEqualTo(upTo(7)));
  }

  @Test
  void what_is_committed_is_not_committed_again() {
    inHand.add(record("a", 0));
    await().until(() -> inHand.size() == 0);
    inHand.committed(inHand.toCommit());

    assertThat(inHand.toCommit()).isEmpty();
  }

  @Test
  void of_a_partition_that_went_to_another_member_nothing_more_is_begun_or_committed() {
    hold(0);
    inHand.add(record("a", 0));
    inHand.add(record("a", 1));
    await().until(() -> begun.contains(0L));

    inHand.give(List.of(PARTITION));
    letGo(0);

    await().until(() -> inHand.size() == 0);
    assertThat(handled).containsExactly(0L);
    assertThat(inHand.toCommit()).isEmpty();
  }

  @Test
  void what_a_handler_throws_is_told_and_its_record_is_not_committed() {
    inHand.add(record("broken", 0));
    await().until(() -> inHand.size() == 0);

    assertThatThrownBy(inHand::throwFailure).hasRootCauseMessage("as the test wants it");
    assertThat(inHand.toCommit()).isEqualTo(upTo(0));
  }

  private void handle(ConsumerRecord<String, byte[]> record) throws InterruptedException {
    begun.add(record.offset());
    var latch = held.get(record.offset());
    if (latch != null) {
      latch.await();
    }
    if (record.key().equals("broken")) {
      throw new IllegalStateException("as the test wants it");
    }
    handled.add(record.offset());
  }

  private void letGo(long offset) {
    Objects.requireNonNull(held.get(offset)).countDown();
  }

  private void hold(long offset) {
    held.put(offset, new CountDownLatch(1));
  }

  private static Map<TopicPartition, OffsetAndMetadata> upTo(long offset) {
    return Map.of(PARTITION, new OffsetAndMetadata(offset));
  }

  private static ConsumerRecord<String, byte[]> record(String key, long offset) {
    return new ConsumerRecord<>("t", 0, offset, key, new byte[0]);
  }
}
