package dev.muster.events.kafka;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * A consumer whose {@link #close()} has a bound of its own: by itself it waits for the answer to
 * the fetch under way, which takes as long as nothing is written.
 */
class BoundedConsumer extends KafkaConsumer<String, byte[]> {

  private final Duration closeWithin;

  BoundedConsumer(Map<String, Object> config, Duration closeWithin) {
    super(config, new StringDeserializer(), new ByteArrayDeserializer());
    this.closeWithin = closeWithin;
  }

  @Override
  public void close() {
    close(CloseOptions.timeout(closeWithin));
  }
}
