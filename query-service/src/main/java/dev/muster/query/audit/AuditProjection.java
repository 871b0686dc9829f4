package dev.muster.query.audit;

import dev.muster.events.audit.AuditRecords;
import dev.muster.events.audit.AuditRecords.Message;
import dev.muster.events.codec.UnreadableMessageException;
import dev.muster.query.feed.Mark;
import dev.muster.query.feed.Part;
import dev.muster.query.feed.Position;
import dev.muster.query.feed.Projection;
import dev.muster.query.feed.Work;
import dev.muster.query.store.Upserts;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Component;

/**
 * Puts the audit log into the read store. An entry that comes twice is the same twice; one that is
 * missing holds up all that come after it, for a log with a hole proves nothing.
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
  public void claimed(Position position, Mark mark) {
    if (position.newest() == Position.NOTHING) {
      for (var type : List.of(EntryRow.class, SubtreeRow.class, NoteRow.class)) {
        mongo.remove(new Query(), type);
      }
    }
  }

  @Override
  public Work prepare(List<Part> parts) {
    var part = parts.getFirst();
    var growth = new Growth(mongo, part.position().newest() + 1);
    var work = new AuditWork(part.partition(), growth, upserts);
    for (var record : part.records()) {
      try {
        if (!take(AuditRecords.read(record), growth, work)) {
          break;
        }
      } catch (UnreadableMessageException e) {
        log.error(
            "record of the audit log cannot be read; was it written by a newer version?"
                + " offset={} key={} error=\"{}\"",
            record.offset(),
            record.key(),
            e.getMessage());
      }
    }
    return work;
  }

  /** False when what comes after it cannot be taken. */
  private static boolean take(Message message, Growth growth, AuditWork work) {
    switch (message) {
      case Message.Sealed(var sealed) -> {
        var index = sealed.event().position();
        if (index > growth.size()) {
          work.stand("entry %d of the audit log is missing".formatted(growth.size()));
          return false;
        }
        if (index == growth.size()) {
          growth.add(sealed);
        }
      }
      case Message.Signed(var note, var size) -> work.checkpoint(note, size);
      case Message.Verifier(var key) -> work.key(key);
    }
    return true;
  }
}
