package dev.muster.command.deadletter.web;

import static org.springframework.http.MediaType.APPLICATION_JSON_VALUE;

import dev.muster.command.deadletter.DeadLetterIndex;
import dev.muster.command.operator.web.CommandsPlatform;
import dev.muster.command.operator.web.OperatorCalls;
import dev.muster.command.operator.web.OperatorCalls.Target;
import dev.muster.events.envelope.Correlation;
import dev.muster.events.operator.OperatorEvent.LetterDropRequested;
import dev.muster.events.operator.OperatorEvent.LetterRetryRequested;
import dev.muster.web.contract.Answers;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.HttpHeaders;
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

  DeadLetterCommandController(DeadLetterIndex index, OperatorCalls calls) {
    this.index = index;
    this.calls = calls;
  }

  /** The letter is on its way to its reader; should it fail again, it is listed again. */
  record Retried(String id, @Schema(allowableValues = "retrying") String status) {}

  /** Puts a dead letter back before the reader that failed. */
  @PostMapping(path = "/retry", produces = APPLICATION_JSON_VALUE)
  @Operation(operationId = "retryDeadLetter")
  @CommandsPlatform
  @Answers(
      status = 202,
      body = Retried.class,
      headers = {"Idempotent-Replayed", "Read-Side"})
  ResponseEntity<Object> retry(
      @PathVariable String id, @RequestHeader HttpHeaders headers, Correlation caller) {
    return calls.call(
        headers,
        caller,
        letter(id),
        "retry " + id,
        LetterRetryRequested::new,
        _ -> index.putBack(id),
        ResponseEntity.accepted().body(new Retried(id, "retrying")));
  }

  /** Drops a dead letter. */
  @DeleteMapping
  @Operation(operationId = "dropDeadLetter")
  @CommandsPlatform
  @Answers(
      status = 204,
      body = void.class,
      headers = {"Idempotent-Replayed", "Read-Side"})
  ResponseEntity<Object> drop(
      @PathVariable String id, @RequestHeader HttpHeaders headers, Correlation caller) {
    return calls.call(
        headers,
        caller,
        letter(id),
        "drop " + id,
        LetterDropRequested::new,
        _ -> index.drop(id),
        ResponseEntity.noContent().build());
  }

  private Target letter(String id) {
    return new Target(
        id,
        () -> index.has(id),
        "there is no dead letter '%s'".formatted(id),
        "dead letters cannot be moved now; try again soon");
  }
}
