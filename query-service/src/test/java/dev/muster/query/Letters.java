package dev.muster.query;

import static org.awaitility.Awaitility.await;

import dev.muster.events.codec.Json;
import dev.muster.events.deadletter.DeadLetter;
import dev.muster.events.kafka.KafkaClients;
import dev.muster.events.kafka.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/** The topic of dead letters, and what the command service does with them. */
public final class Letters implements AutoCloseable {

  private static final TopicPartition LETTERS = new TopicPartition(Topics.DEAD_LETTERS, 0);

  private final KafkaClients kafka;
  private final Consumer<String, byte[]> consumer;
  private final List<String> written = new ArrayList<>();
  private final Map<String, Optional<DeadLetter>> newest = new LinkedHashMap<>();

  private Letters(KafkaClients kafka) {
    this.kafka = kafka;
    this.consumer = kafka.reader("test-letters");
    consumer.assign(List.of(LETTERS));
    consumer.seekToBeginning(List.of(LETTERS));
  }

  public static Letters at(String bootstrapServers) {
    return new Letters(Topic.clients(bootstrapServers));
  }

  /** The letter as it stands now; empty when there is none, or none any more. */
  public Optional<DeadLetter> find(String id) {
    for (var record : consumer.poll(Duration.ofMillis(100))) {
      written.add(record.key());
      newest.put(
          record.key(),
          Optional.ofNullable(record.value()).map(value -> Json.read(value, DeadLetter.class)));
    }
    return newest.getOrDefault(id, Optional.empty());
  }

  /** The letters with that key, such as an instance's id. */
  public List<DeadLetter> of(String key) {
    find("");
    return newest.values().stream()
        .flatMap(Optional::stream)
        .filter(letter -> key.equals(letter.key()))
        .toList();
  }

  public DeadLetter awaitOne(String key) {
    await().atMost(Duration.ofSeconds(20)).until(() -> of(key).size() == 1);
    return of(key).getFirst();
  }

  public DeadLetter awaitTries(String id, int tries) {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> find(id).filter(letter -> letter.tries() == tries).isPresent());
    return find(id).orElseThrow();
  }

  public void awaitGone(String id) {
    await().atMost(Duration.ofSeconds(20)).until(() -> find(id).isEmpty());
  }

  /** The offset after the last event of that partition. */
  public long endOfEvents(int partition) {
    var events = new TopicPartition(Topics.INSTANCE_EVENTS, partition);
    return consumer.endOffsets(List.of(events)).values().iterator().next();
  }

  /** How often anything was said of that letter. */
  public long words(String id) {
    find(id);
    return written.stream().filter(id::equals).count();
  }

  public void putBack(DeadLetter letter) {
    inOneTransaction(
        new ProducerRecord<>(Topics.DEAD_LETTER_RETRIES, letter.id(), Json.write(letter)));
  }

  public void drop(DeadLetter letter) {
    inOneTransaction(new ProducerRecord<>(Topics.DEAD_LETTERS, letter.id(), null));
  }

  private void inOneTransaction(ProducerRecord<String, byte[]> record) {
    try (var producer = kafka.transactionalProducer("test-letters", "test-letters")) {
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(record);
      producer.commitTransaction();
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
