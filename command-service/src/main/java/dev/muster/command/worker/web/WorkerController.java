package dev.muster.command.worker.web;

import static org.springframework.http.MediaType.APPLICATION_JSON_VALUE;

import dev.muster.command.repeat.web.Repeats;
import dev.muster.command.topic.BrokerUnavailableException;
import dev.muster.command.worker.Workers;
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
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What operators can tell a worker. */
@RestController
@Tag(name = "fleet")
@RequestMapping("/api/workers/{name}")
final class WorkerController {

  private static final Logger log = LoggerFactory.getLogger(WorkerController.class);

  private final Workers workers;
  private final Repeats repeats;

  WorkerController(Workers workers, Repeats repeats) {
    this.workers = workers;
    this.repeats = repeats;
  }

  /** A worker that was told to drain. */
  record Draining(String worker, @Schema(allowableValues = "draining") String status) {}

  /**
   * Drains a worker: it finishes what it has and takes nothing new until it is started again.
   *
   * @param name of the worker
   */
  @PostMapping(path = "/drain", produces = APPLICATION_JSON_VALUE)
  @Operation(operationId = "drainWorker")
  @Takes(headers = "Idempotency-Key")
  @Answers(status = 202, body = Draining.class, headers = "Idempotent-Replayed")
  @Refuses({ProblemType.INVALID_REQUEST, ProblemType.NOT_FOUND, ProblemType.IDEMPOTENCY_MISMATCH})
  ResponseEntity<Object> drain(
      @PathVariable String name, @RequestHeader HttpHeaders headers, Correlation caller) {
    return repeats.once(headers, caller, name, "drain " + name, _ -> draining(name, caller));
  }

  private ResponseEntity<Object> draining(String name, Correlation caller) {
    if (!ordered(name, caller)) {
      throw new ProblemException(
          ProblemType.NOT_FOUND,
          "no worker '%s' has reported within the last 30 seconds".formatted(name));
    }
    log.info("worker_drain_ordered worker={} actor={}", name, caller.actor().id());
    return ResponseEntity.accepted().body(new Draining(name, "draining"));
  }

  private boolean ordered(String name, Correlation caller) {
    try {
      return workers.drain(name, caller.actor().id());
    } catch (BrokerUnavailableException e) {
      log.warn("worker_drain_failed cause=\"{}\": the caller is told to come back", e.getMessage());
      throw ProblemException.unavailable("workers cannot be told anything now; try again soon");
    }
  }
}
