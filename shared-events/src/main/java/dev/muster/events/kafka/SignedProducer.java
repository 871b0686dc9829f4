package dev.muster.events.kafka;

import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Signs every record of a topic that is {@linkplain Topics#isSigned signed}, whoever sends it. */
final class SignedProducer extends KafkaProducer<String, byte[]> {

  private final RecordMac mac;

  SignedProducer(Map<String, Object> config, RecordMac mac) {
    super(config, new StringSerializer(), new ByteArraySerializer());
    this.mac = mac;
  }

  @Override
  public Future<RecordMetadata> send(
      ProducerRecord<String, byte[]> record, @Nullable Callback callback) {
    return super.send(Topics.isSigned(record.topic()) ? mac.sign(record) : record, callback);
  }
}
