package dev.muster.events.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.events.codec.EventRecords;
import dev.muster.events.codec.UnreadableMessageException;
import dev.muster.events.kafka.Topics;
import dev.muster.events.tlog.Checkpoint;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * What stands on {@link Topics#AUDIT_LOG}: sealed events, which are the records of their events
 * with a header {@code salts}, keyed by their position; and under keys of their own the newest
 * checkpoint, a signed note, and the key that it can be checked with.
 */
public final class AuditRecords {

  private static final String SALTS = "salts";
  private static final String CHECKPOINT = "checkpoint";
  private static final String VERIFIER = "key";

  private AuditRecords() {}

  /** What a record says. */
  public sealed interface Message {

    record Sealed(SealedEvent event) implements Message {}

    record Signed(String note, long size) implements Message {}

    record Verifier(String key) implements Message {}
  }

  public static ProducerRecord<String, byte[]> write(SealedEvent sealed) {
    var record = EventRecords.write(sealed.event());
    record.headers().add(SALTS, sealed.salts().bytes());
    return new ProducerRecord<>(
        Topics.AUDIT_LOG,
        null,
        Long.toString(sealed.event().position()),
        record.value(),
        record.headers());
  }

  public static ProducerRecord<String, byte[]> checkpoint(String note) {
    return new ProducerRecord<>(Topics.AUDIT_LOG, CHECKPOINT, note.getBytes(UTF_8));
  }

  public static ProducerRecord<String, byte[]> verifier(String key) {
    return new ProducerRecord<>(Topics.AUDIT_LOG, VERIFIER, key.getBytes(UTF_8));
  }

  /**
   * @throws UnreadableMessageException when it is none of these
   */
  public static Message read(ConsumerRecord<String, byte[]> record) {
    var value = record.value();
    if (record.key() == null || value == null) {
      throw new UnreadableMessageException("a record of the audit log has a key and a value");
    }
    return switch (record.key()) {
      case CHECKPOINT -> signed(new String(value, UTF_8));
      case VERIFIER -> new Message.Verifier(new String(value, UTF_8));
      default -> new Message.Sealed(new SealedEvent(EventRecords.read(record), salts(record)));
    };
  }

  private static Message signed(String note) {
    try {
      return new Message.Signed(note, Checkpoint.sizeOf(note));
    } catch (IllegalArgumentException e) {
      throw new UnreadableMessageException("not a checkpoint", e);
    }
  }

  private static Salts salts(ConsumerRecord<String, byte[]> record) {
    var header = record.headers().lastHeader(SALTS);
    byte @Nullable [] bytes = header == null ? null : header.value();
    if (bytes == null || bytes.length != Salts.LENGTH) {
      throw new UnreadableMessageException("a sealed event has its salts in a header");
    }
    return new Salts(bytes);
  }
}
