package dev.muster.command.operator.web;

import dev.muster.command.eventstore.EventStoreUnavailableException;
import dev.muster.command.operator.OperatorRecords;
import dev.muster.command.topic.BrokerUnavailableException;
import dev.muster.events.envelope.Correlation;
import dev.muster.events.operator.OperatorEvent;
import dev.muster.web.problem.ProblemException;
import dev.muster.web.problem.ProblemType;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** Records what an operator asks for, and then does it. */
@Component
public final class OperatorCalls {

  private static final Logger log = LoggerFactory.getLogger(OperatorCalls.class);

  private final OperatorRecords records;

  OperatorCalls(OperatorRecords records) {
    this.records = records;
  }

  /**
   * What a call is about.
   *
   * @param isThere whether there is such a thing
   * @param unknown what is said when there is not
   * @param away what is said while the broker or the event store is away
   */
  public record Target(BooleanSupplier isThere, String unknown, String away) {}

  /**
   * A call that is made again may find that it was done and never answered: what was recorded
   * counts as there.
   *
   * @param action does it, and nothing when there is nothing to do any more
   * @return an answer of that status
   * @throws ProblemException 404, or 503 while the broker or the event store is away
   */
  public ResponseEntity.BodyBuilder call(
      OperatorEvent event, Correlation caller, Target target, Runnable action, HttpStatus status) {
    try {
      if (!target.isThere().getAsBoolean() && !records.has(event.operationId())) {
        throw new ProblemException(ProblemType.NOT_FOUND, target.unknown());
      }
      records.record(event, caller);
      action.run();
      log.info("operator_call asked={}", event);
      var answer = ResponseEntity.status(status);
      return records.isReadable(event.operationId())
          ? answer
          : answer.header("Read-Side", "behind");
    } catch (BrokerUnavailableException | EventStoreUnavailableException e) {
      log.warn("operator_call_failed asked={} cause=\"{}\"", event, e.getMessage());
      throw ProblemException.unavailable(target.away());
    }
  }
}
