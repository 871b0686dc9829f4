package dev.muster.command.topic;

import dev.muster.events.kafka.KafkaClients;
import dev.muster.ops.job.BackgroundJob;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A member of a group. Records of one key are handled in order, those of different keys side by
 * side; an offset is committed when everything before it is handled.
 */
public abstract class GroupListener extends BackgroundJob {

  private static final Logger log = LoggerFactory.getLogger(GroupListener.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration POLL_AT_REST = Duration.ofSeconds(5);
  private static final Duration POLL_WHEN_FULL = Duration.ofMillis(50);
  private static final Duration LAST_PATIENCE = Duration.ofSeconds(2);
  private static final Duration LAST_PATIENCE_WITH_HANDLERS = Duration.ofSeconds(1);
  private static final int IN_HAND_AT_MOST = 1_000;

  private final KafkaClients kafka;
  private final String group;
  private final String topic;
  private volatile @Nullable Consumer<String, byte[]> consumer;

  protected GroupListener(KafkaClients kafka, String group, String topic, String name) {
    super(name);
    this.kafka = kafka;
    this.group = group;
    this.topic = topic;
  }

  /** Returns when the record need not come again, however long that takes. */
  protected abstract void handle(ConsumerRecord<String, byte[]> record) throws InterruptedException;

  @Override
  protected void work() throws InterruptedException {
    var member = kafka.groupConsumer(group, group);
    try (var inHand = new RecordsInFlight(this::handle)) {
      consumer = member;
      takeAll(member, inHand);
      inHand.awaitEmpty(LAST_PATIENCE_WITH_HANDLERS);
      commit(member, inHand);
    } finally {
      consumer = null;
      member.close();
    }
  }

  @Override
  protected void wake(Thread working) {
    var member = consumer;
    if (member == null) {
      working.interrupt();
    } else {
      member.wakeup();
    }
  }

  private void takeAll(Consumer<String, byte[]> member, RecordsInFlight inHand) {
    try {
      member.subscribe(List.of(topic), new Handover(member, inHand));
      while (isRunning()) {
        takeSome(member, inHand);
      }
    } catch (WakeupException e) {
      log.debug("{} stops", name());
    }
  }

  private static void takeSome(Consumer<String, byte[]> member, RecordsInFlight inHand) {
    var full = inHand.size() >= IN_HAND_AT_MOST;
    if (full) {
      // Polling all the same keeps the partitions with us.
      member.pause(member.assignment());
    } else {
      member.resume(member.paused());
    }
    var records = member.poll(full ? POLL_WHEN_FULL : patience(inHand));
    records.forEach(inHand::add);
    inHand.pass(records.nextOffsets());
    inHand.throwFailure();
    commit(member, inHand);
  }

  /** What is handled is committed after a poll. */
  private static Duration patience(RecordsInFlight inHand) {
    return inHand.size() == 0 && inHand.toCommit().isEmpty() ? POLL_AT_REST : POLL;
  }

  private static void commit(Consumer<String, byte[]> member, RecordsInFlight inHand) {
    var offsets = inHand.toCommit();
    if (offsets.isEmpty()) {
      return;
    }
    try {
      member.commitSync(offsets, LAST_PATIENCE);
      inHand.committed(offsets);
    } catch (WakeupException e) {
      throw e;
    } catch (KafkaException e) {
      log.warn("commit_failed: these records come again, and change nothing", e);
    }
  }

  private record Handover(Consumer<String, byte[]> member, RecordsInFlight inHand)
      implements ConsumerRebalanceListener {

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {}

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      commit(member, inHand);
      inHand.give(partitions);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
      inHand.give(partitions);
    }
  }
}
