package dev.muster.command.deadletter.web;

import static org.springframework.http.MediaType.APPLICATION_JSON_VALUE;

import dev.muster.command.deadletter.DeadLetterIndex;
import dev.muster.command.idempotency.web.IdempotentCalls;
import dev.muster.command.operator.web.OperatorCalls;
import dev.muster.command.operator.web.OperatorCalls.Target;
import dev.muster.events.envelope.Correlation;
import dev.muster.events.operator.OperatorEvent;
import dev.muster.events.operator.OperatorEvent.LetterDropRequested;
import dev.muster.events.operator.OperatorEvent.LetterRetryRequested;
import dev.muster.web.contract.Answers;
import dev.muster.web.contract.Refuses;
import dev.muster.web.contract.Takes;
import dev.muster.web.problem.ProblemType;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What a person decides about a dead letter. */
@RestController
@Tag(name = "dead letters")
@RequestMapping("/api/dead-letters/{id}")
final class DeadLetterCommandController {

  private final DeadLetterIndex index;
  private final OperatorCalls calls;
  private final IdempotentCalls idempotent;
  private final Clock clock;

  DeadLetterCommandController(
      DeadLetterIndex index, OperatorCalls calls, IdempotentCalls idempotent, Clock clock) {
    this.index = index;
    this.calls = calls;
    this.idempotent = idempotent;
    this.clock = clock;
  }

  /** The letter is on its way to its reader; should it fail again, it is listed again. */
  record Retried(String id, @Schema(allowableValues = "retrying") String status) {}

  /** Puts a dead letter back before the reader that failed. */
  @PostMapping(path = "/retry", produces = APPLICATION_JSON_VALUE)
  @Operation(operationId = "retryDeadLetter")
  @Takes(headers = "Idempotency-Key")
  @Answers(
      status = 202,
      body = Retried.class,
      headers = {"Idempotent-Replayed", "Read-Side"})
  @Refuses({ProblemType.INVALID_REQUEST, ProblemType.NOT_FOUND, ProblemType.IDEMPOTENCY_MISMATCH})
  ResponseEntity<Object> retry(
      @PathVariable String id, @RequestHeader HttpHeaders headers, Correlation caller) {
    return idempotent.once(
        headers,
        caller,
        id,
        "retry " + id,
        given -> {
          var event = new LetterRetryRequested(given.operationId(), id, now());
          return call(event, id, caller, () -> index.putBack(id), HttpStatus.ACCEPTED)
              .body(new Retried(id, "retrying"));
        });
  }

  /** Drops a dead letter. */
  @DeleteMapping
  @Operation(operationId = "dropDeadLetter")
  @Takes(headers = "Idempotency-Key")
  @Answers(
      status = 204,
      body = void.class,
      headers = {"Idempotent-Replayed", "Read-Side"})
  @Refuses({ProblemType.INVALID_REQUEST, ProblemType.NOT_FOUND, ProblemType.IDEMPOTENCY_MISMATCH})
  ResponseEntity<Object> drop(
      @PathVariable String id, @RequestHeader HttpHeaders headers, Correlation caller) {
    return idempotent.once(
        headers,
        caller,
        id,
        "drop " + id,
        given -> {
          var event = new LetterDropRequested(given.operationId(), id, now());
          return call(event, id, caller, () -> index.drop(id), HttpStatus.NO_CONTENT).build();
        });
  }

  private ResponseEntity.BodyBuilder call(
      OperatorEvent event, String id, Correlation caller, Runnable action, HttpStatus status) {
    var letter =
        new Target(
            () -> index.has(id),
            "there is no dead letter '%s'".formatted(id),
            "dead letters cannot be moved now; try again soon");
    return calls.call(event, caller, letter, action, status);
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
