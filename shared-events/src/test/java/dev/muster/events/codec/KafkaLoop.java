package dev.muster.events.codec;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/** What a consumer is handed of what a producer was given. */
public final class KafkaLoop {

  private KafkaLoop() {}

  public static ConsumerRecord<String, byte[]> received(ProducerRecord<String, byte[]> sent) {
    return received(sent, sent.headers(), sent.value());
  }

  // Kafka allows null values; its types do not say so.
  @SuppressWarnings("NullAway")
  static ConsumerRecord<String, byte[]> received(
      ProducerRecord<String, byte[]> sent, Headers headers, byte @Nullable [] value) {
    return new ConsumerRecord<>(
        sent.topic(),
        3,
        17,
        0L,
        TimestampType.CREATE_TIME,
        0,
        0,
        sent.key(),
        value,
        headers,
        Optional.empty());
  }

  static Map<String, String> texts(Headers headers) {
    var texts = new TreeMap<String, String>();
    headers.forEach(
        header -> texts.put(header.key(), new String(header.value(), StandardCharsets.UTF_8)));
    return texts;
  }
}
