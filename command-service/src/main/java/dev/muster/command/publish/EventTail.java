package dev.muster.command.publish;

import dev.muster.command.eventstore.EventDatabase;
import dev.muster.command.eventstore.EventSession;
import dev.muster.ops.job.BackgroundJob;
import dev.muster.ops.ready.ReadinessCheck;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives one subscriber all events in their order. Of all replicas the one that holds the lock does
 * it; when its session ends or falls silent, by whatever cause, PostgreSQL gives the lock to
 * another.
 */
public final class EventTail extends BackgroundJob implements ReadinessCheck {

  private static final Logger log = LoggerFactory.getLogger(EventTail.class);
  private static final int BATCH = 500;
  private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

  private final EventDatabase database;
  private final EventSubscriber subscriber;
  private final Duration lease;
  private volatile boolean connected;

  /** What the newest batch failed of. */
  private volatile @Nullable String stuck;

  public EventTail(EventDatabase database, EventSubscriber subscriber) {
    this(database, subscriber, EventSession.LEASE);
  }

  EventTail(EventDatabase database, EventSubscriber subscriber, Duration lease) {
    super("tail-" + subscriber.name());
    this.database = database;
    this.subscriber = subscriber;
    this.lease = lease;
  }

  @Override
  public String part() {
    return "event store (" + subscriber.name() + ")";
  }

  @Override
  public Optional<String> missing() {
    return connected ? Optional.ofNullable(stuck) : Optional.of("PostgreSQL does not answer");
  }

  @Override
  protected void work() throws Exception {
    try (var session = EventSession.open(database, subscriber.name(), lease)) {
      connected = true;
      while (isRunning() && !session.tryLock(subscriber.name())) {
        stuck = null; // it is for the one that leads to say
        // Replicas that stand by look each second, like a lock attempt anywhere would.
        Thread.sleep(BETWEEN_TRIES);
      }
      database.gate().awaitOpen(this::isRunning);
      if (isRunning()) {
        follow(session);
      }
    } catch (SQLException e) {
      connected = false;
      throw e;
    }
  }

  private void follow(EventSession session) throws Exception {
    begin(session);
    var next = session.nextPosition(subscriber.name());
    log.info("tail_leads reader={} position={}", subscriber.name(), next);
    while (isRunning()) {
      var taken = takeBatch(session, next);
      next += taken;
      if (taken == 0) {
        session.awaitAppend(lease.dividedBy(3)); // a longer silence would end the session
      } else if (taken < BATCH) {
        Thread.sleep(subscriber.gathers());
      }
    }
  }

  private void begin(EventSession session) throws Exception {
    try {
      subscriber.begin(session);
    } catch (InterruptedException | SQLException e) {
      throw e;
    } catch (Exception e) {
      stuck = "cannot begin: " + e.getMessage();
      throw e;
    }
  }

  private int takeBatch(EventSession session, long next) throws Exception {
    try {
      var taken = take(session, next);
      stuck = null;
      return taken;
    } catch (InterruptedException | SQLException e) {
      throw e;
    } catch (Exception e) {
      stuck = "stands still before event %d: %s".formatted(next, e.getMessage());
      throw e;
    }
  }

  private int take(EventSession session, long next) throws Exception {
    var events = session.read(next, BATCH);
    if (events.isEmpty()) {
      return 0;
    }
    if (events.getFirst().position() != next) {
      throw new IllegalStateException(
          "event %d is missing: the store was changed by hand".formatted(next));
    }
    var transaction = session.connection();
    transaction.setAutoCommit(false);
    subscriber.take(transaction, events);
    session.advance(subscriber.name(), next, events.getLast().position() + 1);
    commit(transaction);
    return events.size();
  }

  private static void commit(Connection transaction) throws SQLException {
    transaction.commit();
    transaction.setAutoCommit(true);
  }
}
