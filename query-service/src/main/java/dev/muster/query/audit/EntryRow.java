package dev.muster.query.audit;

import dev.muster.events.audit.SealedEvent;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * An entry of the audit log in the read store.
 *
 * @param id its index, so that the order of the log is that of the ids
 * @param actors id and name of who caused it
 * @param occurredAtMicros since the epoch
 * @param leaf its hash in the tree, as it was when it was sealed
 * @param event see {@link KeptEvent}
 */
@Document("audit_entries")
// Bytes of the store; nothing compares two rows.
@SuppressWarnings("ArrayRecordComponent")
record EntryRow(
    @Id String id,
    String subject,
    String type,
    List<String> actors,
    long occurredAtMicros,
    byte[] leaf,
    byte[] event) {

  static EntryRow of(SealedEvent sealed) {
    var event = sealed.event();
    var actor = event.correlation().actor();
    return new EntryRow(
        id(event.position()),
        event.subject(),
        event.encoded().type(),
        List.of(actor.id(), actor.name()),
        micros(event.at()),
        sealed.leafHash(),
        KeptEvent.write(sealed));
  }

  /** Of any number, in as many digits, so that texts are in the order of the numbers. */
  static String id(long index) {
    return "%018d".formatted(index);
  }

  static long micros(Instant at) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, at);
  }

  long index() {
    return Long.parseLong(id);
  }

  SealedEvent sealed() {
    return KeptEvent.read(event);
  }
}
