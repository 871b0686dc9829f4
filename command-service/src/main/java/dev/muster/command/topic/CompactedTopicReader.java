package dev.muster.command.topic;

import dev.muster.events.codec.UnreadableMessageException;
import dev.muster.events.kafka.KafkaClients;
import dev.muster.ops.job.BackgroundJob;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads every partition of a topic that is kept, from its beginning, and stays with it. */
public abstract class CompactedTopicReader extends BackgroundJob {

  private static final Logger log = LoggerFactory.getLogger(CompactedTopicReader.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration POLL_AT_REST = Duration.ofSeconds(5);

  private final KafkaClients kafka;
  private final String topic;
  private volatile boolean caughtUp;
  private volatile @Nullable Consumer<String, byte[]> consumer;

  protected CompactedTopicReader(KafkaClients kafka, String topic, String name) {
    super(name);
    this.kafka = kafka;
    this.topic = topic;
  }

  /**
   * Takes one record; those of a partition come in order, and again after a failure.
   *
   * @throws UnreadableMessageException when it makes no sense; it is reported and left out
   */
  protected abstract void take(ConsumerRecord<String, byte[]> record);

  /** Called with what was read together, before each of it is taken. */
  protected void arrived(Iterable<ConsumerRecord<String, byte[]>> records) {}

  /** Called each time before reading begins; it is put off as long as this says no. */
  protected boolean begin(Consumer<String, byte[]> reader) {
    return true;
  }

  /** Called each time everything was read that was there when reading began. */
  protected void caughtUp() {}

  /** Whether everything was read that was there when reading began. */
  protected final boolean isCaughtUp() {
    return caughtUp;
  }

  @Override
  protected void work() throws Exception {
    caughtUp = false;
    try (var reader = kafka.reader(name())) {
      consumer = reader;
      var partitions = partitions(reader);
      if (partitions.isEmpty() || !begin(reader)) {
        Thread.sleep(POLL);
        return;
      }
      reader.assign(partitions);
      reader.seekToBeginning(partitions);
      var ends = reader.endOffsets(partitions);
      while (isRunning()) {
        var records = reader.poll(caughtUp ? POLL_AT_REST : POLL);
        arrived(records);
        records.forEach(this::takeOrLeave);
        if (!caughtUp && isPast(reader, ends)) {
          caughtUp = true;
          caughtUp();
        }
      }
    } catch (WakeupException e) {
      log.debug("{} stops", name());
    } finally {
      consumer = null;
    }
  }

  @Override
  protected void wake(Thread working) {
    var reader = consumer;
    if (reader == null) {
      working.interrupt();
    } else {
      reader.wakeup();
    }
  }

  private List<TopicPartition> partitions(Consumer<String, byte[]> reader) {
    return reader.partitionsFor(topic).stream()
        .map(info -> new TopicPartition(topic, info.partition()))
        .toList();
  }

  private void takeOrLeave(ConsumerRecord<String, byte[]> record) {
    try {
      take(record);
    } catch (UnreadableMessageException e) {
      log.error(
          "record_unreadable topic={} partition={} offset={}: left out; was it written by a newer"
              + " version?",
          topic,
          record.partition(),
          record.offset(),
          e);
    }
  }

  private static boolean isPast(Consumer<String, byte[]> reader, Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .allMatch(end -> reader.position(end.getKey()) >= end.getValue());
  }
}
