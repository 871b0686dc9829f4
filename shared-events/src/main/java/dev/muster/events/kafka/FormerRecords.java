package dev.muster.events.kafka;

import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * Knows which records are of before the codes of now: of a version that wrote none, or of a secret
 * that was changed. It asks the broker when it meets the first one, and holds on to the answer.
 */
final class FormerRecords {

  private static final long ASK_AGAIN_NANOS = Duration.ofMillis(500).toNanos();

  /** Reads it from {@link Topics#UNSIGNED_RECORDS}. */
  interface Source {

    /** Null while no command service has said it. */
    @Nullable UnsignedRecords read();
  }

  private final Source source;
  private @Nullable UnsignedRecords known;
  private long askedAt = System.nanoTime() - ASK_AGAIN_NANOS;

  FormerRecords(Source source) {
    this.source = source;
  }

  /**
   * @throws KafkaException when nobody has said it yet
   */
  boolean has(ConsumerRecord<String, byte[]> record) {
    return known().has(record.topic(), record.partition(), record.offset());
  }

  private synchronized UnsignedRecords known() {
    var now = System.nanoTime();
    if (known == null && now - askedAt >= ASK_AGAIN_NANOS) {
      askedAt = now;
      known = source.read();
    }
    if (known == null) {
      throw new KafkaException(
          "there are records without a right MAC, and no command service has said yet which of them"
              + " are of an earlier version");
    }
    return known;
  }
}
