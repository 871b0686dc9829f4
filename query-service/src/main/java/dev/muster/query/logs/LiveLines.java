package dev.muster.query.logs;

import dev.muster.events.codec.Json;
import dev.muster.events.codec.UnreadableMessageException;
import dev.muster.events.kafka.KafkaClients;
import dev.muster.events.kafka.Topics;
import dev.muster.events.log.LogChunk;
import dev.muster.kafka.producer.KeyPartition;
import dev.muster.ops.ready.Backoff;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The chunks of one instance as they come, whichever replica keeps them. Outlives the broker. */
final class LiveLines implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(LiveLines.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final int FETCH_BYTES = 1 << 20;

  private final KafkaClients kafka;
  private final String instanceId;
  private final TopicPartition partition;
  private final String clientId;
  private final Backoff backoff = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(5));
  private Consumer<String, byte[]> consumer;
  private long next;

  /**
   * @param next offset of the first record in the instance's partition to look at; when the topic
   *     does not keep it any more, the first that it has
   */
  LiveLines(KafkaClients kafka, String instanceId, long next, String clientId) {
    this.kafka = kafka;
    this.instanceId = instanceId;
    this.partition = new TopicPartition(Topics.INSTANCE_LOGS, partition(kafka, instanceId));
    this.next = next;
    this.clientId = clientId;
    this.consumer = open();
  }

  static int partition(KafkaClients kafka, String instanceId) {
    return KeyPartition.of(instanceId, kafka.settings().partitions());
  }

  /** What has come; none when nothing did for half a second. */
  List<LogChunk> poll() throws InterruptedException {
    try {
      var chunks = new ArrayList<LogChunk>();
      for (var record : consumer.poll(POLL)) {
        next = record.offset() + 1;
        read(record).ifPresent(chunks::add);
      }
      backoff.reset();
      return chunks;
    } catch (KafkaException e) {
      log.warn("the topic cannot be followed and is opened again error=\"{}\"", e.getMessage());
      close();
      Thread.sleep(backoff.next());
      consumer = open();
      return List.of();
    }
  }

  private Consumer<String, byte[]> open() {
    var opened = kafka.reader(clientId, FETCH_BYTES, POLL);
    opened.assign(List.of(partition));
    opened.seek(partition, next);
    return opened;
  }

  /** What cannot be read the projection has complained about. */
  private Optional<LogChunk> read(ConsumerRecord<String, byte[]> record) {
    if (record.value() == null || !instanceId.equals(record.key())) {
      return Optional.empty();
    }
    try {
      return Optional.of(Json.read(record.value(), LogChunk.class));
    } catch (UnreadableMessageException e) {
      log.debug("lines cannot be read offset={}", record.offset(), e);
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
