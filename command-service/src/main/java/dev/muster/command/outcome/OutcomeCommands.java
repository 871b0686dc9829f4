package dev.muster.command.outcome;

import dev.muster.command.instance.InstanceCommand;
import dev.muster.command.instance.InstanceCommand.RecordFailure;
import dev.muster.command.instance.InstanceCommand.RecordOutcome;
import dev.muster.command.instance.OperationResult.Refused;
import dev.muster.command.instance.OperationResult.Succeeded;
import dev.muster.events.envelope.Actor;
import dev.muster.events.envelope.Correlation;
import dev.muster.events.outcome.Outcome;
import dev.muster.events.outcome.Outcome.OperationRefused;
import dev.muster.events.outcome.Outcome.OperationSucceeded;
import dev.muster.events.outcome.Outcome.RunEnded;
import java.time.Duration;
import java.time.Instant;

/** What a worker says, as a command. */
final class OutcomeCommands {

  private OutcomeCommands() {}

  /**
   * @param restartId the operation that restarts the instance, should its policy say so
   */
  static InstanceCommand command(
      Outcome outcome, Instant now, String restartId, Duration operationDeadline) {
    return switch (outcome) {
      case OperationSucceeded it ->
          new RecordOutcome(it.instanceId(), it.operationId(), new Succeeded(it.host()), now);
      case OperationRefused it ->
          new RecordOutcome(
              it.instanceId(), it.operationId(), new Refused(it.host(), it.reason()), now);
      case RunEnded it ->
          new RecordFailure(
              it.instanceId(),
              it.runId(),
              it.exitCode(),
              it.reason(),
              restartId,
              now.plus(operationDeadline),
              now);
    };
  }

  static Correlation origin(Outcome outcome) {
    return new Correlation(
        Actor.worker(outcome.worker()), outcome.outcomeId(), null, outcome.outcomeId(), null);
  }
}
