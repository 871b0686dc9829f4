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
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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

  /**
   * The audit log from some place on.
   *
   * @param events by their position
   * @param checkpoint the newest that was published
   */
  record SealedTail(TreeMap<Long, SealedEvent> events, Optional<Message.Signed> checkpoint) {}

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

  SealedTail sealedFrom(long position) {
    var events = new TreeMap<Long, SealedEvent>();
    var checkpoints = new ArrayList<Message.Signed>();
    TopicContents.read(
        kafka,
        CLIENT,
        Topics.AUDIT_LOG,
        record -> {
          switch (AuditRecords.read(record)) {
            case Message.Sealed(var sealed) when sealed.event().position() >= position ->
                events.put(sealed.event().position(), sealed);
            case Message.Signed signed -> checkpoints.add(signed);
            default -> {}
          }
        });
    return new SealedTail(
        events, checkpoints.stream().max(Comparator.comparingLong(Message.Signed::size)));
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
    return Stream.of(Topics.INSTANCE_EVENTS, Topics.ACCESS_EVENTS)
        .flatMap(topic -> last(topic, count).stream())
        .flatMap(record -> event(record).stream());
  }

  private List<ConsumerRecord<String, byte[]>> last(String topic, int count) {
    try (var reader = kafka.reader(CLIENT)) {
      var partitions = TopicContents.assign(reader, topic);
      var begins = reader.beginningOffsets(partitions);
      var ends = reader.endOffsets(partitions);
      ends.forEach(
          (at, end) -> reader.seek(at, Math.max(begins.getOrDefault(at, 0L), end - count)));
      return read(reader, ends);
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
