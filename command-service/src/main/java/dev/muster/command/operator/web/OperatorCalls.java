package dev.muster.command.operator.web;

import dev.muster.command.eventstore.EventStoreUnavailableException;
import dev.muster.command.idempotency.web.IdempotentCalls;
import dev.muster.command.operator.OperatorRecords;
import dev.muster.command.topic.BrokerUnavailableException;
import dev.muster.events.envelope.Correlation;
import dev.muster.events.operator.OperatorEvent;
import dev.muster.web.problem.ProblemException;
import dev.muster.web.problem.ProblemType;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** Records what an operator asks for, and then does it. */
@Component
public final class OperatorCalls {

  private static final Logger log = LoggerFactory.getLogger(OperatorCalls.class);

  private final OperatorRecords records;
  private final IdempotentCalls idempotent;
  private final Clock clock;

  OperatorCalls(OperatorRecords records, IdempotentCalls idempotent, Clock clock) {
    this.records = records;
    this.idempotent = idempotent;
    this.clock = clock;
  }

  /**
   * What a call is about.
   *
   * @param id its id or name
   * @param isThere whether there is such a thing
   * @param unknown what is said when there is not
   * @param away what is said while the broker or the event store is away
   */
  public record Target(String id, BooleanSupplier isThere, String unknown, String away) {}

  /** The constructor of an event, which begins with the operation. */
  @FunctionalInterface
  public interface EventConstructor<E extends OperatorEvent> {

    E make(String operationId, String targetId, Instant at);
  }

  /**
   * A call that is made again may find that it was done and never answered: what was recorded
   * counts as there.
   *
   * @param asked what, in words that make it this call and no other
   * @param action does it, and nothing when there is nothing to do any more
   * @param done the answer
   * @throws ProblemException 404, or 503 while the broker or the event store is away
   */
  public <E extends OperatorEvent> ResponseEntity<Object> call(
      HttpHeaders headers,
      Correlation caller,
      Target target,
      String asked,
      EventConstructor<E> constructor,
      Consumer<E> action,
      ResponseEntity<Object> done) {
    return idempotent.once(
        headers,
        caller,
        target.id(),
        asked,
        ids -> {
          var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
          var event = constructor.make(ids.operationId(), target.id(), now);
          return recorded(event, caller, target, action, done);
        });
  }

  private <E extends OperatorEvent> ResponseEntity<Object> recorded(
      E event, Correlation caller, Target target, Consumer<E> action, ResponseEntity<Object> done) {
    try {
      if (!target.isThere().getAsBoolean() && !records.has(event.operationId())) {
        throw new ProblemException(ProblemType.NOT_FOUND, target.unknown());
      }
      records.record(event, caller);
      action.accept(event);
      log.info("operator_call asked={}", event);
      return records.isReadable(event.operationId())
          ? done
          : ResponseEntity.status(done.getStatusCode())
              .header("Read-Side", "behind")
              .body(done.getBody());
    } catch (BrokerUnavailableException | EventStoreUnavailableException e) {
      log.warn("operator_call_failed asked={} cause=\"{}\"", event, e.getMessage());
      throw ProblemException.unavailable(target.away());
    }
  }
}
