package dev.muster.command.deadletter;

import dev.muster.command.topic.AtomicWriter;
import dev.muster.command.topic.BrokerUnavailableException;
import dev.muster.command.topic.BrokerWatch;
import dev.muster.command.topic.TopicWriter;
import dev.muster.events.codec.Json;
import dev.muster.events.deadletter.DeadLetter;
import dev.muster.events.kafka.KafkaClients;
import dev.muster.events.kafka.Topics;
import dev.muster.kafka.topic.RecordLookup;
import dev.muster.kafka.topic.TopicReaderJob;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.springframework.stereotype.Component;

/**
 * All dead letters, whoever wrote them. Only their places are kept in memory, of the newest hundred
 * thousand.
 */
@Component
public final class DeadLetterIndex extends TopicReaderJob {

  private static final int AT_MOST = 100_000;

  private record Place(int partition, long offset) {

    TopicPartition inTopic() {
      return new TopicPartition(Topics.DEAD_LETTERS, partition);
    }
  }

  private final BrokerWatch broker;
  private final RecordLookup lookup;
  private final TopicWriter writer;
  private final AtomicWriter atomicWriter;
  private final Map<String, Place> places = new LinkedHashMap<>();

  DeadLetterIndex(
      KafkaClients kafka, BrokerWatch broker, TopicWriter writer, AtomicWriter atomicWriter) {
    super(kafka, Topics.DEAD_LETTERS, "dead-letter-reader");
    this.broker = broker;
    this.lookup = new RecordLookup(kafka, "command-lookup");
    this.writer = writer;
    this.atomicWriter = atomicWriter;
  }

  /**
   * Gives the letter to its reader again and removes it, both or neither. When it fails again it
   * comes back, with one try more.
   *
   * @return the letter, or empty when there is no such letter
   * @throws BrokerUnavailableException when the broker is away
   */
  public Optional<DeadLetter> putBack(String id) {
    var letter = find(id);
    letter.ifPresent(
        it -> {
          var retry =
              new ProducerRecord<String, byte[]>(
                  Topics.DEAD_LETTER_RETRIES, it.id(), Json.write(it));
          forget(id, atomicWriter.write(List.of(tombstone(id), retry)).getFirst());
        });
    return letter;
  }

  /**
   * Whether there is such a letter.
   *
   * @throws BrokerUnavailableException when the broker is away
   */
  public boolean has(String id) {
    return place(id).isPresent();
  }

  /**
   * @return whether there was such a letter
   * @throws BrokerUnavailableException when the broker is away
   */
  public boolean drop(String id) {
    if (place(id).isEmpty()) {
      return false;
    }
    forget(id, writer.write(tombstone(id)));
    return true;
  }

  @Override
  public synchronized void clear() {
    places.clear();
  }

  @Override
  public synchronized void take(ConsumerRecord<String, byte[]> record) {
    if (record.value() == null) {
      places.remove(record.key());
      return;
    }
    var letter = Json.read(record.value(), DeadLetter.class);
    places.remove(letter.id());
    places.put(letter.id(), new Place(record.partition(), record.offset()));
    if (places.size() > AT_MOST) {
      places.remove(places.keySet().iterator().next());
    }
  }

  private Optional<DeadLetter> find(String id) {
    return place(id)
        .flatMap(this::record)
        .map(record -> Json.read(record.value(), DeadLetter.class));
  }

  private Optional<ConsumerRecord<String, byte[]>> record(Place place) {
    try {
      return lookup.find(place.inTopic(), place.offset());
    } catch (KafkaException e) {
      throw new BrokerUnavailableException("the broker cannot be asked", e);
    }
  }

  private synchronized Optional<Place> place(String id) {
    broker.requireAnswer();
    if (!isCaughtUp()) {
      throw new BrokerUnavailableException("the dead letters have not been read yet", null);
    }
    return Optional.ofNullable(places.get(id));
  }

  /** At once, so that nobody puts it back twice; what has come after the tombstone stays. */
  private synchronized void forget(String id, RecordMetadata tombstone) {
    places.computeIfPresent(id, (_, place) -> place.offset() < tombstone.offset() ? null : place);
  }

  private static ProducerRecord<String, byte[]> tombstone(String id) {
    return new ProducerRecord<>(Topics.DEAD_LETTERS, id, null);
  }
}
