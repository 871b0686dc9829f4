package dev.muster.command.keyring;

import dev.muster.command.topic.TopicWriter;
import dev.muster.events.access.KeyUse;
import dev.muster.events.codec.Json;
import dev.muster.events.kafka.Topics;
import dev.muster.web.key.KeyUseSink;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.springframework.stereotype.Component;

/** Says on a topic which keys this service sees. */
@Component
final class KeyUseWriter implements KeyUseSink {

  private final TopicWriter writer;

  KeyUseWriter(TopicWriter writer) {
    this.writer = writer;
  }

  @Override
  public void tell(KeyUse use) {
    writer.write(new ProducerRecord<>(Topics.KEY_USES, use.keyId(), Json.write(use)));
  }
}
