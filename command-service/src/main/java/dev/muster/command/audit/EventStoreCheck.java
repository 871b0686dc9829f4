package dev.muster.command.audit;

import dev.muster.command.eventstore.EventDatabase;
import dev.muster.command.eventstore.RecordedEvents;
import dev.muster.command.eventstore.RestoredEvents;
import dev.muster.command.publish.UnsignedEnds;
import dev.muster.command.settings.CommandSettings;
import dev.muster.command.topic.TopicMaker;
import dev.muster.events.envelope.RecordedEvent;
import dev.muster.ops.job.BackgroundJob;
import dev.muster.ops.ready.ReadinessCheck;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Compares, once at start, where the event store ends with where the topics of events end. A store
 * that was put back from a backup lacks events that others have seen and that were signed: until
 * they are back, nothing is appended, published, sealed or signed.
 */
@Component
public final class EventStoreCheck extends BackgroundJob implements ReadinessCheck {

  private static final Logger log = LoggerFactory.getLogger(EventStoreCheck.class);
  private static final Duration VERDICT_AT_START = Duration.ofSeconds(3);
  private static final Duration RECOVERY_AT_START = Duration.ofMinutes(10);
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(10);

  private final EventDatabase database;
  private final TopicMaker topics;
  private final PublishedEvents published;
  private final RestoredEvents stored;
  private final EventRecovery recovery;
  private final boolean recovers;
  private final CountDownLatch judged = new CountDownLatch(1);
  private volatile @Nullable String why = "it has not been compared with the topics yet";

  EventStoreCheck(
      EventDatabase database,
      TopicMaker topics,
      PublishedEvents published,
      RecordedEvents recorded,
      AuditSettings audit,
      CommandSettings settings) {
    super("event-store-check");
    this.database = database;
    this.topics = topics;
    this.published = published;
    this.stored = new RestoredEvents(database);
    this.recovery = new EventRecovery(database, published, recorded, audit.signer());
    this.recovers = settings.recover();
  }

  @Override
  public String part() {
    return "event-store-behind";
  }

  @Override
  public Optional<String> missing() {
    return Optional.ofNullable(why);
  }

  /** Before those who append and those who follow. */
  @Override
  public int getPhase() {
    return super.getPhase() - 1;
  }

  /**
   * When the broker is there, the verdict comes before the first command, and what is recovered
   * before others read the topics: they hold them against the store.
   */
  @Override
  protected void started() {
    var patience = recovers ? RECOVERY_AT_START : VERDICT_AT_START;
    try {
      var unused = judged.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  protected void work() throws Exception {
    database.gate().hold();
    while (isRunning() && !topics.awaitTopics()) {
      log.debug("the topics are not there yet");
    }
    for (var problem = compare(); problem.isPresent() && isRunning(); problem = compare()) {
      refuse(problem.get());
      if (!recovers || !recover(problem.get())) {
        judged.countDown();
        Thread.sleep(BETWEEN_LOOKS);
      }
    }
    why = null;
    database.gate().open();
    judged.countDown();
    // The job is done; the thread only waits for the end.
    Thread.sleep(Duration.ofDays(365_000));
  }

  private boolean recover(String problem) throws SQLException {
    try {
      recovery.recover();
      return true;
    } catch (IllegalStateException e) {
      refuse("%s; it cannot be recovered: %s".formatted(problem, e.getMessage()));
      return false;
    }
  }

  private void refuse(String problem) {
    if (!problem.equals(why)) {
      log.error("event_store_behind: {}", problem);
    }
    why = problem;
    database.gate().close(problem);
  }

  private Optional<String> compare() throws SQLException {
    return isOfEarlierVersion() ? Optional.empty() : published.newest().flatMap(this::problem);
  }

  // One that signed nothing: its records can be read once the publisher has settled which they are.
  private boolean isOfEarlierVersion() throws SQLException {
    if (stored.next() == 0) {
      return false;
    }
    try (var connection = database.session("muster-event-store-check")) {
      return UnsignedEnds.read(connection).isEmpty();
    }
  }

  private Optional<String> problem(RecordedEvent newest) {
    var next = stored.next();
    if (newest.position() >= next) {
      return Optional.of(
          "the event store ends before event %d, and event %d was published: was PostgreSQL put back from a backup?"
              .formatted(next, newest.position()));
    }
    return stored
        .idAt(newest.position())
        .filter(id -> !id.equals(newest.eventId()))
        .map(
            id ->
                "event %d of the event store is %s, and %s was published: the store was put back from a backup, and went on"
                    .formatted(newest.position(), id, newest.eventId()));
  }
}
