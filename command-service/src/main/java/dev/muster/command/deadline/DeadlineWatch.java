package dev.muster.command.deadline;

import dev.muster.command.background.BackgroundJob;
import dev.muster.command.dispatch.Commands;
import dev.muster.command.eventstore.DueOperations;
import dev.muster.command.eventstore.DueOperations.Due;
import dev.muster.command.instance.InstanceCommand.ExpireOperation;
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
  private final Clock clock;

  DeadlineWatch(DueOperations due, Commands commands, Clock clock) {
    super("deadline-watch");
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
    commands.send(
        new ExpireOperation(
            operation.instanceId(),
            operation.operationId(),
            clock.instant().truncatedTo(ChronoUnit.MICROS)),
        Correlation.platform("deadline:" + operation.operationId()));
  }
}
