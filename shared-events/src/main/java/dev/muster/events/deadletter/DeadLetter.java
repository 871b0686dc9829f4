package dev.muster.events.deadletter;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A record that a reader could not handle, kept so that a person can put it back or drop it. Other
 * instances do not wait behind it.
 *
 * @param id made of the reader and the record's place, so that a second failure is the same letter
 * @param reader the consumer group that failed
 * @param topic where the record stands, with {@code partition} and {@code offset}
 * @param key of the record, usually an instance id
 * @param headers of the record that are text
 * @param value of the record, base64
 * @param reason why it could not be handled, for a person
 * @param tries how often it was tried
 */
public record DeadLetter(
    String id,
    String reader,
    String topic,
    int partition,
    long offset,
    @Nullable String key,
    Map<String, String> headers,
    @Nullable String value,
    String reason,
    int tries,
    Instant at) {

  public DeadLetter {
    headers = Map.copyOf(headers);
  }

  /** The id of the letter for a record that this reader could not handle. */
  public static String idOf(String reader, String topic, int partition, long offset) {
    return "%s.%s.%d.%d".formatted(reader, topic, partition, offset);
  }
}
