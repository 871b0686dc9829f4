package dev.muster.command.audit;

import dev.muster.command.audit.PublishedEvents.SealedTail;
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
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
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
   * @throws IllegalStateException when another one does it, or the topics do not continue what is
   *     there; nothing was changed then
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
    var next = restored.next();
    var tree = TreeRow.read(connection);
    log.info("recovery_begins next={} sealed={}", next, tree.size());
    var tail = published.sealedFrom(tree.size());
    verify(tree, tail);
    var sealed = List.copyOf(tail.events().values());
    verifyStored(sealed.stream().map(SealedEvent::event).filter(it -> it.position() < next));
    var events = missing(next, sealed);
    SaltStore.restore(connection, sealed);
    restored.append(events);
    keep(connection, tail);
    log.warn("events_recovered from={} count={}", next, events.size());
  }

  /** Nothing may be missing in between, and what was signed must be just that. */
  private void verify(Frontier tree, SealedTail tail) {
    if (tail.checkpoint().isEmpty()) {
      throw new IllegalStateException("the audit log has no checkpoint to check them against");
    }
    var grown = tree;
    for (var sealed : tail.events().values()) {
      if (sealed.event().position() != grown.size()) {
        throw new IllegalStateException("the audit log lacks entry " + grown.size());
      }
      grown = grown.plus(sealed.leafHash());
      verifySignature(grown, tail);
    }
    var end = grown.size();
    tail.checkpoint()
        .filter(signed -> signed.size() > end)
        .ifPresent(
            signed -> {
              throw new IllegalStateException(
                  "the audit log ends before entry %d, and %d are signed"
                      .formatted(end, signed.size()));
            });
  }

  // A signature of Ed25519 is the same each time: one made now is compared with the one made then.
  private void verifySignature(Frontier grown, SealedTail tail) {
    tail.checkpoint()
        .filter(signed -> signed.size() == grown.size())
        .filter(signed -> !signed.note().equals(note(grown)))
        .ifPresent(
            signed -> {
              throw new IllegalStateException(
                  "the audit log does not lead to its checkpoint of %d entries: an entry was"
                          .formatted(signed.size())
                      + " changed, or MUSTER_AUDIT_KEY is another one");
            });
  }

  private String note(Frontier tree) {
    return key.sign(new Checkpoint(key.name(), tree.size(), tree.root()).text());
  }

  private void verifyStored(Stream<RecordedEvent> sealed) {
    var all = sealed.toList();
    var stored = recorded.stored(all);
    all.stream()
        .filter(event -> !stored.contains(event))
        .findFirst()
        .ifPresent(
            event -> {
              throw new IllegalStateException(
                  "event %d is not in the event store as it was sealed"
                      .formatted(event.position()));
            });
  }

  private List<RecordedEvent> missing(long next, List<SealedEvent> sealed) {
    var events =
        new ArrayList<>(
            sealed.stream()
                .map(SealedEvent::event)
                .filter(event -> event.position() >= next)
                .toList());
    var end = next + events.size();
    events.addAll(published.newestFrom(end));
    return events;
  }

  /** The newest checkpoint is the one that is served; an older one would take back what it said. */
  private static void keep(Connection connection, SealedTail tail) throws SQLException {
    var signed = tail.checkpoint();
    if (signed.isPresent()) {
      Message.Signed newest = signed.get();
      CheckpointRow.keep(connection, new CheckpointRow.Signed(newest.size(), newest.note()));
    }
  }
}
