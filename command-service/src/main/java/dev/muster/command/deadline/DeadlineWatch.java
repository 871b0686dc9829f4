package dev.muster.command.deadline;

import dev.muster.command.dispatch.Commands;
import dev.muster.command.eventstore.DueOperations;
import dev.muster.command.eventstore.DueOperations.Due;
import dev.muster.command.eventstore.EventStoreUnavailableException;
import dev.muster.command.instance.Decision.Accepted;
import dev.muster.command.instance.InstanceCommand.ExpireOperation;
import dev.muster.command.metrics.Meters;
import dev.muster.events.envelope.Correlation;
import dev.muster.ops.job.BackgroundJob;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Looks each second for operations whose deadline has passed, and expires them, many at a time, so
 * that their events go into the store together. Each replica does; no two take the same one. One
 * that cannot be expired holds up no other.
 */
@Component
final class DeadlineWatch extends BackgroundJob {

  private static final Logger log = LoggerFactory.getLogger(DeadlineWatch.class);
  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final int AT_ONCE = 100;

  private final DueOperations due;
  private final Commands commands;
  private final Meters meters;
  private final Clock clock;

  DeadlineWatch(DueOperations due, Commands commands, Meters meters, Clock clock) {
    super("deadline-watch");
    this.meters = meters;
    this.due = due;
    this.commands = commands;
    this.clock = clock;
  }

  @Override
  protected void work() throws InterruptedException {
    var places = new Semaphore(AT_ONCE);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      while (isRunning()) {
        places.acquire();
        var free = 1 + places.drainPermits();
        var claimed = due.claim(clock.instant(), free);
        places.release(free - claimed.size());
        for (var operation : claimed) {
          threads.execute(() -> handle(operation, places));
        }
        if (claimed.size() < free) {
          Thread.sleep(EVERY);
        }
      }
    }
  }

  private void handle(Due operation, Semaphore places) {
    try {
      expire(operation);
      due.done(operation);
    } catch (EventStoreUnavailableException e) {
      log.debug("operation_not_expired id={}: it comes again", operation.operationId(), e);
    } catch (RuntimeException | Error e) {
      setAside(operation, e);
    } finally {
      places.release();
    }
  }

  private void setAside(Due operation, Throwable why) {
    meters.count("muster.operations.expiry.failed");
    log.error(
        "operation_not_expired id={} instance_id={} cause=\"{}\": it is set aside for an hour; is"
            + " there an event of the instance that this version cannot read?",
        operation.operationId(),
        operation.instanceId(),
        why.toString());
    try {
      due.setAside(operation, clock.instant());
    } catch (EventStoreUnavailableException e) {
      log.debug("operation_not_set_aside id={}: it comes again", operation.operationId(), e);
    }
  }

  private void expire(Due operation) {
    var reply =
        commands.send(
            new ExpireOperation(
                operation.instanceId(),
                operation.operationId(),
                clock.instant().truncatedTo(ChronoUnit.MICROS)),
            Correlation.platform("deadline:" + operation.operationId()));
    if (reply.decision() instanceof Accepted) {
      meters.count("muster.operations.expired");
    }
  }
}
