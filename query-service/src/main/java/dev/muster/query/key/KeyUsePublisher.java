package dev.muster.query.key;

import dev.muster.events.access.KeyUse;
import dev.muster.events.codec.Json;
import dev.muster.events.kafka.KafkaClients;
import dev.muster.events.kafka.Topics;
import dev.muster.web.key.KeyUseSink;
import java.time.Duration;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Says on a topic which keys this service sees. What is lost is said again within a minute. */
@Component
final class KeyUsePublisher implements KeyUseSink, AutoCloseable {

  private final KafkaClients kafka;
  private @Nullable Producer<String, byte[]> producer;

  KeyUsePublisher(KafkaClients kafka) {
    this.kafka = kafka;
  }

  @Override
  public synchronized void tell(KeyUse use) {
    var open = producer;
    if (open == null) {
      open = kafka.producer("query-key-uses");
      producer = open;
    }
    open.send(new ProducerRecord<>(Topics.KEY_USES, use.keyId(), Json.write(use)));
  }

  @Override
  public synchronized void close() {
    if (producer != null) {
      producer.close(Duration.ZERO);
    }
  }
}
