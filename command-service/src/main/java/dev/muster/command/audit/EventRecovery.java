package dev.muster.command.audit;

import dev.muster.command.eventstore.EventDatabase;
import dev.muster.command.eventstore.EventSession;
import dev.muster.command.eventstore.RecordedEvents;
import dev.muster.command.eventstore.RestoredEvents;
import dev.muster.events.audit.AuditRecords.Message;
import dev.muster.events.audit.SealedEvent;
import dev.muster.events.envelope.RecordedEvent;
import dev.muster.events.tlog.Checkpoint;
import dev.muster.events.tlog.Frontier;
import dev.muster.events.tlog.NoteKey;
import dev.muster.ops.log.LogThrottle;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings back into the event store what was published and the store no longer has. Every entry that
 * was signed is checked against its signature first, and what the store still has against the
 * entries. What callers were told under an {@code Idempotency-Key} is not in the topics, and stays
 * lost.
 */
final class EventRecovery {

  private static final Logger log = LoggerFactory.getLogger(EventRecovery.class);
  private static final String NAME = "event-recovery";

  private final LogThrottle progress = new LogThrottle(Duration.ofSeconds(10));
  private final EventDatabase database;
  private final PublishedEvents published;
  private final RestoredEvents restored;
  private final RecordedEvents recorded;
  private final NoteKey key;

  EventRecovery(
      EventDatabase database, PublishedEvents published, RecordedEvents recorded, NoteKey key) {
    this.database = database;
    this.published = published;
    this.recorded = recorded;
    this.restored = new RestoredEvents(database);
    this.key = key;
  }

  /**
   * Done twice, it acts once; one replica at a time.
   *
   * @throws IllegalStateException when another one does it, or the audit log does not continue what
   *     is there; nothing was changed then
   */
  void recover() throws SQLException {
    try (var session = EventSession.open(database, NAME)) {
      if (!session.tryLock(NAME)) {
        throw new IllegalStateException("another replica recovers the events");
      }
      recover(session.connection());
    }
  }

  private void recover(Connection connection) throws SQLException {
    if (!published.hasSealed()) {
      throw new IllegalStateException("the audit log has no entries to check them against");
    }
    var next = restored.next();
    var tree = TreeRow.read(connection);
    log.info("recovery_begins next={} sealed={}", next, tree.size());
    var signed = published.newestCheckpointFrom(tree.size());
    verify(tree, signed);
    if (signed.isPresent()) {
      keep(connection, signed.get());
    }
    published.sealedFrom(
        tree.size(),
        batch -> {
          SaltStore.restore(connection, batch);
          restored.append(eventsFrom(restored.next(), batch));
          progress.write(_ -> log.info("recovery next={}", restored.next()));
        });
    restored.append(published.newestFrom(restored.next()));
    log.warn("events_recovered from={} count={}", next, restored.next() - next);
  }

  /** What was signed must be just that, and what the store still has must be what was sealed. */
  private void verify(Frontier tree, Optional<Message.Signed> signed) throws SQLException {
    var grown = new AtomicReference<>(tree);
    var next = restored.next();
    published.sealedFrom(
        tree.size(),
        batch -> {
          for (var sealed : batch) {
            var more = grown.get().plus(sealed.leafHash());
            grown.set(more);
            signed.filter(it -> it.size() == more.size()).ifPresent(it -> verify(more, it));
          }
          verifyStored(
              batch.stream().map(SealedEvent::event).filter(it -> it.position() < next).toList());
        });
    var end = grown.get().size();
    if (signed.filter(it -> it.size() > end).isPresent()) {
      throw new IllegalStateException(
          "the audit log ends before entry %d, and more are signed".formatted(end));
    }
  }

  // A signature of Ed25519 is the same each time: one made now is compared with the one made then.
  private void verify(Frontier tree, Message.Signed signed) {
    if (!signed.note().equals(note(tree))) {
      throw new IllegalStateException(
          "the audit log does not lead to its checkpoint of %d entries: an entry was changed, or"
                  .formatted(signed.size())
              + " MUSTER_AUDIT_KEY is another one");
    }
  }

  private String note(Frontier tree) {
    return key.sign(new Checkpoint(key.name(), tree.size(), tree.root()).text());
  }

  private void verifyStored(List<RecordedEvent> sealed) {
    var stored = recorded.stored(sealed);
    for (var event : sealed) {
      if (!stored.contains(event)) {
        throw new IllegalStateException(
            "event %d is not in the event store as it was sealed".formatted(event.position()));
      }
    }
  }

  private static List<RecordedEvent> eventsFrom(long position, List<SealedEvent> sealed) {
    return sealed.stream()
        .map(SealedEvent::event)
        .filter(event -> event.position() >= position)
        .toList();
  }

  /** The newest checkpoint is the one that is served; an older one would take back what it said. */
  private static void keep(Connection connection, Message.Signed newest) throws SQLException {
    CheckpointRow.keep(connection, new CheckpointRow.Signed(newest.size(), newest.note()));
  }
}
