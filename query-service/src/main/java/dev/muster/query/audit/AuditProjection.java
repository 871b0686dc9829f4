package dev.muster.query.audit;

import dev.muster.events.audit.AuditRecords;
import dev.muster.events.audit.AuditRecords.Message;
import dev.muster.events.codec.UnreadableMessageException;
import dev.muster.kafka.projection.CommittedOffset;
import dev.muster.kafka.projection.PartitionRecords;
import dev.muster.kafka.projection.Position;
import dev.muster.kafka.projection.ProjectedBatch;
import dev.muster.kafka.projection.Projection;
import dev.muster.query.store.Upserts;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Component;

/**
 * Puts the audit log into the read store. An entry that comes twice is the same twice. Where one is
 * missing, those after it are left out until it comes, and they again: a log with a hole proves
 * nothing.
 */
@Component
final class AuditProjection implements Projection {

  private static final Logger log = LoggerFactory.getLogger(AuditProjection.class);

  private final MongoOperations mongo;
  private final Upserts upserts;

  AuditProjection(MongoOperations mongo, Upserts upserts) {
    this.mongo = mongo;
    this.upserts = upserts;
  }

  /** What is filled anew keeps nothing of an older log. */
  @Override
  public void claimed(Position position, CommittedOffset offset) {
    if (position.next() == 0) {
      for (var type : List.of(EntryRow.class, SubtreeRow.class, NoteRow.class)) {
        mongo.remove(new Query(), type);
      }
    }
  }

  @Override
  public ProjectedBatch prepare(List<PartitionRecords> parts) {
    var part = parts.getFirst();
    var append = new MerkleAppend(mongo, part.position().newest() + 1);
    var work = new AuditWork(part.partition(), append, upserts);
    for (var record : part.records()) {
      try {
        take(AuditRecords.read(record), append, work);
      } catch (UnreadableMessageException e) {
        log.error(
            "record of the audit log cannot be read; was it written by a newer version?"
                + " offset={} key={} error=\"{}\"",
            record.offset(),
            record.key(),
            e.getMessage());
      }
    }
    if (append.isMissing()) {
      log.error(
          "entry of the audit log is missing, and what comes after it is left out until it comes"
              + " index={}",
          append.size());
    }
    return work;
  }

  private void take(Message message, MerkleAppend append, AuditWork work) {
    switch (message) {
      case Message.Sealed(var sealed) -> append.take(sealed);
      case Message.Signed(var note, var size) -> work.checkpoint(note, size);
      case Message.Verifier(var key) -> work.key(key);
    }
  }
}
