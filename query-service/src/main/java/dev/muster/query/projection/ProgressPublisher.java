package dev.muster.query.projection;

import dev.muster.events.codec.Json;
import dev.muster.events.kafka.KafkaClients;
import dev.muster.events.kafka.Topics;
import dev.muster.events.progress.ProjectionProgress;
import dev.muster.kafka.producer.ReopenedProducer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Tells the platform what can be read now. What the broker did not take is told again, with the
 * newest position of its partition, so that the topic never goes back.
 */
@Component
final class ProgressPublisher implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(ProgressPublisher.class);

  private final Map<Integer, Long> newest = new ConcurrentHashMap<>();
  private final Map<Integer, Map<String, Long>> owed = new ConcurrentHashMap<>();
  private final ReopenedProducer producer;

  ProgressPublisher(KafkaClients kafka) {
    this.producer = new ReopenedProducer(kafka, "query-progress", Duration.ofSeconds(5));
  }

  /** Returns before the broker has it. */
  void publish(ProjectionProgress progress) {
    var partition = progress.partition();
    newest.put(partition, progress.position());
    var record =
        new ProducerRecord<>(
            Topics.PROJECTION_PROGRESS, String.valueOf(partition), Json.write(progress));
    try {
      producer
          .get()
          .send(
              record,
              (_, failure) -> {
                if (failure != null) {
                  owe(progress, failure);
                }
              });
    } catch (KafkaException e) {
      owe(progress, e);
    }
  }

  void publishOwed() {
    for (var partition : owed.keySet()) {
      var versions = owed.remove(partition);
      var position = newest.get(partition);
      if (versions != null && position != null) {
        publish(new ProjectionProgress(partition, position, versions));
      }
    }
  }

  /** The partition is another's to speak of. */
  void forget(int partition) {
    newest.remove(partition);
    owed.remove(partition);
  }

  private void owe(ProjectionProgress progress, Exception failure) {
    log.warn(
        "broker did not take progress; it is told again. partition={} position={} error=\"{}\"",
        progress.partition(),
        progress.position(),
        failure.getMessage());
    owed.merge(progress.partition(), progress.versions(), ProgressPublisher::newer);
  }

  private static Map<String, Long> newer(Map<String, Long> one, Map<String, Long> other) {
    var all = new HashMap<>(one);
    other.forEach((id, version) -> all.merge(id, version, Math::max));
    return all;
  }

  @Override
  public void close() {
    producer.close();
  }
}
