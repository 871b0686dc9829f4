package dev.muster.command.deadletter.web;

import static org.springframework.http.MediaType.APPLICATION_JSON_VALUE;

import dev.muster.command.deadletter.DeadLetterShelf;
import dev.muster.command.repeat.web.Repeats;
import dev.muster.command.topic.BrokerUnavailableException;
import dev.muster.events.envelope.Correlation;
import dev.muster.web.contract.Answers;
import dev.muster.web.contract.Refuses;
import dev.muster.web.contract.Takes;
import dev.muster.web.problem.ProblemException;
import dev.muster.web.problem.ProblemType;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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
final class DeadLetterController {

  private static final Logger log = LoggerFactory.getLogger(DeadLetterController.class);

  private final DeadLetterShelf shelf;
  private final Repeats repeats;

  DeadLetterController(DeadLetterShelf shelf, Repeats repeats) {
    this.shelf = shelf;
    this.repeats = repeats;
  }

  /** The letter is on its way to its reader; should it fail again, it is listed again. */
  record Retried(String id, @Schema(allowableValues = "retrying") String status) {}

  /** Puts a dead letter back before the reader that failed. */
  @PostMapping(path = "/retry", produces = APPLICATION_JSON_VALUE)
  @Operation(operationId = "retryDeadLetter")
  @Takes(headers = "Idempotency-Key")
  @Answers(status = 202, body = Retried.class, headers = "Idempotent-Replayed")
  @Refuses({ProblemType.INVALID_REQUEST, ProblemType.NOT_FOUND, ProblemType.IDEMPOTENCY_MISMATCH})
  ResponseEntity<Object> retry(
      @PathVariable String id, @RequestHeader HttpHeaders headers, Correlation caller) {
    return repeats.once(headers, caller, id, "retry " + id, _ -> putBack(id, caller));
  }

  /** Drops a dead letter. */
  @DeleteMapping
  @Operation(operationId = "dropDeadLetter")
  @Takes(headers = "Idempotency-Key")
  @Answers(status = 204, body = void.class, headers = "Idempotent-Replayed")
  @Refuses({ProblemType.INVALID_REQUEST, ProblemType.NOT_FOUND, ProblemType.IDEMPOTENCY_MISMATCH})
  ResponseEntity<Object> drop(
      @PathVariable String id, @RequestHeader HttpHeaders headers, Correlation caller) {
    return repeats.once(headers, caller, id, "drop " + id, _ -> dropped(id, caller));
  }

  private ResponseEntity<Object> putBack(String id, Correlation caller) {
    try {
      var letter = shelf.putBack(id).orElseThrow(() -> unknown(id));
      log.info(
          "dead_letter_put_back id={} reader={} tries={} actor={}",
          id,
          letter.reader(),
          letter.tries(),
          caller.actor().id());
      return ResponseEntity.accepted().body(new Retried(id, "retrying"));
    } catch (BrokerUnavailableException e) {
      throw unavailable(e);
    }
  }

  private ResponseEntity<Object> dropped(String id, Correlation caller) {
    try {
      if (!shelf.drop(id)) {
        throw unknown(id);
      }
      log.info("dead_letter_dropped id={} actor={}", id, caller.actor().id());
      return ResponseEntity.noContent().build();
    } catch (BrokerUnavailableException e) {
      throw unavailable(e);
    }
  }

  private static ProblemException unknown(String id) {
    return new ProblemException(
        ProblemType.NOT_FOUND, "there is no dead letter '%s'".formatted(id));
  }

  private static ProblemException unavailable(BrokerUnavailableException cause) {
    log.warn(
        "dead_letter_untouched cause=\"{}\": the caller is told to come back", cause.getMessage());
    return ProblemException.unavailable("dead letters cannot be moved now; try again soon");
  }
}
