package dev.muster.query.key;

import dev.muster.events.access.KeyUse;
import dev.muster.events.codec.Json;
import dev.muster.events.kafka.KafkaClients;
import dev.muster.events.kafka.Topics;
import dev.muster.kafka.producer.ReopenedProducer;
import dev.muster.web.key.KeyUseSink;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.springframework.stereotype.Component;

/** Says on a topic which keys this service sees. What is lost is said again within a minute. */
@Component
final class KeyUsePublisher implements KeyUseSink, AutoCloseable {

  private final ReopenedProducer producer;

  KeyUsePublisher(KafkaClients kafka) {
    this.producer = new ReopenedProducer(kafka, "query-key-uses");
  }

  @Override
  public void tell(KeyUse use) {
    producer.get().send(new ProducerRecord<>(Topics.KEY_USES, use.keyId(), Json.write(use)));
  }

  @Override
  public void close() {
    producer.close();
  }
}
