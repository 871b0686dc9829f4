package dev.muster.worker.logs;

import dev.muster.events.codec.Json;
import dev.muster.events.kafka.KafkaClients;
import dev.muster.events.kafka.Topics;
import dev.muster.events.log.LogChunk;
import dev.muster.worker.report.Publisher;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Sends chunks, beside everything else that a worker sends, which must not wait for logs. */
public final class LogSender implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Publisher publisher;

  public LogSender(KafkaClients kafka, String clientId) {
    this.publisher = new Publisher(kafka, clientId);
  }

  /** True once the broker has all of them; otherwise it may have any of them. */
  boolean send(List<LogChunk> chunks) throws InterruptedException {
    var records =
        chunks.stream()
            .map(
                chunk ->
                    new ProducerRecord<>(
                        Topics.INSTANCE_LOGS, chunk.instanceId(), Json.write(chunk)))
            .toList();
    return publisher.publish(records, PATIENCE);
  }

  @Override
  public void close() {
    publisher.close();
  }
}
