package dev.muster.command.audit;

import dev.muster.command.eventstore.EventSession;
import dev.muster.command.publish.EventSubscriber;
import dev.muster.command.topic.OrderedWriter;
import dev.muster.events.audit.AuditRecords;
import dev.muster.events.audit.SealedEvent;
import dev.muster.events.envelope.RecordedEvent;
import dev.muster.events.tlog.Frontier;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts every event into the audit log, in the one order. Entries are on the topic before the tree
 * has them, and the tree has them before a checkpoint is signed; whatever fails in between is done
 * again, to the same bytes.
 */
final class Sealer implements EventSubscriber, AutoCloseable {

  /** Of the position and of the lock; never to be changed. */
  static final String NAME = "audit-sealer";

  private static final Duration GATHERING = Duration.ofMillis(100);

  private static final Logger log = LoggerFactory.getLogger(Sealer.class);

  private final SaltStore salts;
  private final OrderedWriter writer;
  private final PublishedEvents published;

  Sealer(SaltStore salts, OrderedWriter writer, PublishedEvents published) {
    this.salts = salts;
    this.writer = writer;
    this.published = published;
  }

  @Override
  public String name() {
    return NAME;
  }

  /** A batch takes a commit, however small it is; a search waits for a moment at most. */
  @Override
  public Duration gathers() {
    return GATHERING;
  }

  /** A topic that lost its entries gets them again: sealing begins anew, to the same bytes. */
  @Override
  public void begin(EventSession session) throws Exception {
    writer.awaitTopics();
    var tree = TreeRow.read(session.connection());
    if (tree.size() > 0 && !published.hasSealed()) {
      log.warn("audit_log_lost entries={}: its topic has none, and gets them again", tree.size());
      var transaction = session.connection();
      transaction.setAutoCommit(false);
      TreeRow.replace(transaction, tree, Frontier.EMPTY);
      session.advance(NAME, session.nextPosition(NAME), 0);
      transaction.commit();
      transaction.setAutoCommit(true);
    }
  }

  @Override
  public void take(Connection transaction, List<RecordedEvent> events) throws Exception {
    var tree = TreeRow.read(transaction);
    var first = events.getFirst().position();
    if (tree.size() != first) {
      throw new IllegalStateException(
          "the audit tree has %d entries and event %d is to be sealed: the store was changed by hand"
              .formatted(tree.size(), first));
    }
    var sealed = seal(events);
    writer.write(sealed.stream().map(AuditRecords::write).toList());
    var grown = tree;
    for (var one : sealed) {
      grown = grown.plus(one.leafHash());
    }
    TreeRow.replace(transaction, tree, grown);
    salts.giveAhead(transaction, grown.size());
  }

  @Override
  public void close() throws SQLException {
    writer.close();
    salts.close();
  }

  private List<SealedEvent> seal(List<RecordedEvent> events) throws SQLException {
    var given = salts.of(events.getFirst().position(), events.size());
    var sealed = new ArrayList<SealedEvent>(events.size());
    for (int i = 0; i < events.size(); i++) {
      sealed.add(new SealedEvent(events.get(i), given.get(i)));
    }
    return sealed;
  }
}
