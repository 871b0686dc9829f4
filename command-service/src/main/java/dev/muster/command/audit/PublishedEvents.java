package dev.muster.command.audit;

import dev.muster.events.audit.AuditRecords;
import dev.muster.events.audit.AuditRecords.Message;
import dev.muster.events.audit.SealedEvent;
import dev.muster.events.codec.EventRecords;
import dev.muster.events.codec.UnreadableMessageException;
import dev.muster.events.envelope.RecordedEvent;
import dev.muster.events.kafka.KafkaClients;
import dev.muster.events.kafka.Topics;
import dev.muster.kafka.topic.TopicContents;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.springframework.stereotype.Component;

/**
 * What the topics have of the events, whatever the event store has. Only records with a right code
 * count.
 *
 * <p>Everything here throws {@link org.apache.kafka.common.KafkaException} when the broker does not
 * answer.
 */
@Component
final class PublishedEvents {

  /** Takes what was read together. */
  interface BatchHandler<T> {
    void take(List<T> batch) throws SQLException;
  }

  private static final String CLIENT = "command-published";
  private static final Duration POLL = Duration.ofMillis(200);

  /** Of each partition; more than one, since not every record needs to be readable. */
  private static final int FEW = 10;

  /** Of each partition; sealing is behind publishing by a moment. */
  private static final int NOT_SEALED_AT_MOST = 5_000;

  private final KafkaClients kafka;

  PublishedEvents(KafkaClients kafka) {
    this.kafka = kafka;
  }

  /** The event of the highest position; empty when none was published. */
  Optional<RecordedEvent> newest() {
    return last(FEW).max(Comparator.comparingLong(RecordedEvent::position));
  }

  /** Those from that position on, as far back as the sealer may be behind; in their order. */
  List<RecordedEvent> newestFrom(long position) {
    var found = new TreeMap<Long, RecordedEvent>();
    last(NOT_SEALED_AT_MOST)
        .filter(event -> event.position() >= position)
        .forEach(event -> found.put(event.position(), event));
    return List.copyOf(found.values());
  }

  /**
   * Passes on the entries of the audit log from that index on: in their order, each once.
   *
   * @throws IllegalStateException when one is missing in between
   */
  void sealedFrom(long index, BatchHandler<SealedEvent> handler) throws SQLException {
    var next = new AtomicLong(index);
    auditLogFrom(
        index,
        messages -> {
          var batch = new ArrayList<SealedEvent>();
          for (var message : messages) {
            if (message instanceof Message.Sealed(var sealed)
                && sealed.event().position() >= next.get()) {
              if (sealed.event().position() != next.getAndIncrement()) {
                throw new IllegalStateException("the audit log lacks entry " + (next.get() - 1));
              }
              batch.add(sealed);
            }
          }
          handler.take(batch);
        });
  }

  /** The newest checkpoint of those that were published after the entry of that index. */
  Optional<Message.Signed> newestCheckpointFrom(long index) throws SQLException {
    var newest = new AtomicReference<Message.Signed>();
    auditLogFrom(
        index,
        messages ->
            messages.stream()
                .filter(Message.Signed.class::isInstance)
                .map(Message.Signed.class::cast)
                .forEach(
                    signed ->
                        newest.accumulateAndGet(
                            signed, (a, b) -> a == null || b.size() > a.size() ? b : a)));
    return Optional.ofNullable(newest.get());
  }

  // The topic has one partition, and as many records before an entry as there are entries before
  // it.
  private void auditLogFrom(long index, BatchHandler<Message> handler) throws SQLException {
    try (var reader = kafka.reader(CLIENT)) {
      var partition = TopicContents.assign(reader, Topics.AUDIT_LOG).getFirst();
      var ends = reader.endOffsets(List.of(partition));
      reader.seek(partition, Math.min(index, ends.getOrDefault(partition, 0L)));
      while (!TopicContents.isPast(reader, ends)) {
        var batch = new ArrayList<Message>();
        reader.poll(POLL).forEach(record -> batch.add(AuditRecords.read(record)));
        handler.take(batch);
      }
    }
  }

  /** Whether the topic of the audit log has any entry. */
  boolean hasSealed() {
    try (var reader = kafka.reader(CLIENT)) {
      var partitions = TopicContents.assign(reader, Topics.AUDIT_LOG);
      reader.seekToBeginning(partitions);
      var ends = reader.endOffsets(partitions);
      reader
          .beginningOffsets(partitions)
          .forEach(
              (at, begin) -> ends.computeIfPresent(at, (_, end) -> Math.min(end, begin + FEW)));
      return read(reader, ends).stream().anyMatch(PublishedEvents::isSealed);
    }
  }

  private Stream<RecordedEvent> last(int count) {
    try (var reader = kafka.reader(CLIENT)) {
      var partitions = TopicContents.assign(reader, Topics.INSTANCE_EVENTS, Topics.ACCESS_EVENTS);
      var begins = reader.beginningOffsets(partitions);
      var ends = reader.endOffsets(partitions);
      ends.forEach(
          (at, end) -> reader.seek(at, Math.max(begins.getOrDefault(at, 0L), end - count)));
      return read(reader, ends).stream().flatMap(record -> event(record).stream());
    }
  }

  private static List<ConsumerRecord<String, byte[]>> read(
      Consumer<String, byte[]> reader, Map<TopicPartition, Long> ends) {
    var found = new ArrayList<ConsumerRecord<String, byte[]>>();
    while (!TopicContents.isPast(reader, ends)) {
      reader.poll(POLL).forEach(found::add);
    }
    return found;
  }

  private static boolean isSealed(ConsumerRecord<String, byte[]> record) {
    try {
      return AuditRecords.read(record) instanceof Message.Sealed;
    } catch (UnreadableMessageException e) {
      return false;
    }
  }

  private static Optional<RecordedEvent> event(ConsumerRecord<String, byte[]> record) {
    try {
      return Optional.of(EventRecords.read(record));
    } catch (UnreadableMessageException e) {
      return Optional.empty();
    }
  }
}
