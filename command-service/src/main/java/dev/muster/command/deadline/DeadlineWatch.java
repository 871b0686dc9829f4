package dev.muster.command.deadline;

import dev.muster.command.background.BackgroundJob;
import dev.muster.command.dispatch.Commands;
import dev.muster.command.eventstore.DueOperations;
import dev.muster.command.eventstore.DueOperations.Due;
import dev.muster.command.instance.Decision.Accepted;
import dev.muster.command.instance.InstanceCommand.ExpireOperation;
import dev.muster.command.metrics.Meters;
import dev.muster.events.envelope.Correlation;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.springframework.stereotype.Component;

/**
 * Looks each second for operations whose deadline has passed, and expires them. Each replica does;
 * no two take the same one.
 */
@Component
final class DeadlineWatch extends BackgroundJob {

  private static final Duration EVERY = Duration.ofSeconds(1);

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
    while (isRunning()) {
      if (!due.takeSome(clock.instant(), this::expire)) {
        Thread.sleep(EVERY);
      }
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
