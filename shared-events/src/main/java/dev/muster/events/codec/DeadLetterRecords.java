package dev.muster.events.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.events.deadletter.DeadLetter;
import dev.muster.events.kafka.RecordMac;
import dev.muster.events.kafka.Topics;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/** Dead letters: made of the record that failed, and made into that record again. */
public final class DeadLetterRecords {

  private DeadLetterRecords() {}

  public static DeadLetter of(
      String reader, ConsumerRecord<String, byte[]> record, String reason, int tries, Instant at) {
    return new DeadLetter(
        DeadLetter.idOf(reader, record.topic(), record.partition(), record.offset()),
        reader,
        record.topic(),
        record.partition(),
        record.offset(),
        record.key(),
        headers(record),
        base64(record.value()),
        reason,
        tries,
        at);
  }

  /** For {@link Topics#DEAD_LETTERS}, where the newest word on an id counts. */
  public static ProducerRecord<String, byte[]> write(DeadLetter letter) {
    return new ProducerRecord<>(Topics.DEAD_LETTERS, letter.id(), Json.write(letter));
  }

  /** The record as it was read, in its old place. */
  public static ConsumerRecord<String, byte[]> record(DeadLetter letter) {
    var headers = new RecordHeaders();
    letter.headers().forEach((name, value) -> headers.add(name, value.getBytes(UTF_8)));
    var value = letter.value() == null ? null : Base64.getDecoder().decode(letter.value());
    return new ConsumerRecord<String, byte[]>(
        letter.topic(),
        letter.partition(),
        letter.offset(),
        letter.at().toEpochMilli(),
        TimestampType.CREATE_TIME,
        ConsumerRecord.NULL_SIZE,
        ConsumerRecord.NULL_SIZE,
        letter.key(),
        value,
        headers,
        Optional.empty());
  }

  private static Map<String, String> headers(ConsumerRecord<?, ?> record) {
    var texts = new HashMap<String, String>();
    for (var header : record.headers()) {
      // A letter has a code of its own, in the topics where letters are.
      if (header.value() != null && !header.key().equals(RecordMac.HEADER)) {
        texts.put(header.key(), new String(header.value(), UTF_8));
      }
    }
    return texts;
  }

  private static @Nullable String base64(byte @Nullable [] value) {
    return value == null ? null : Base64.getEncoder().encodeToString(value);
  }
}
