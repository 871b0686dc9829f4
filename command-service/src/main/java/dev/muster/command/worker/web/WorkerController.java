package dev.muster.command.worker.web;

import static org.springframework.http.MediaType.APPLICATION_JSON_VALUE;

import dev.muster.command.idempotency.web.IdempotentCalls;
import dev.muster.command.operator.web.OperatorCalls;
import dev.muster.command.operator.web.OperatorCalls.Target;
import dev.muster.command.worker.ReportedWorkers;
import dev.muster.events.envelope.Correlation;
import dev.muster.events.operator.OperatorEvent;
import dev.muster.events.operator.OperatorEvent.DrainRequested;
import dev.muster.events.operator.OperatorEvent.WorkerResumeRequested;
import dev.muster.events.worker.DrainOrder;
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

  private final ReportedWorkers workers;
  private final OperatorCalls calls;
  private final IdempotentCalls idempotent;
  private final Clock clock;

  WorkerController(
      ReportedWorkers workers, OperatorCalls calls, IdempotentCalls idempotent, Clock clock) {
    this.workers = workers;
    this.calls = calls;
    this.idempotent = idempotent;
    this.clock = clock;
  }

  /** A worker that was told to drain. */
  record Draining(String worker, @Schema(allowableValues = "draining") String status) {}

  /** A worker that was told to take work again. */
  record Resuming(String worker, @Schema(allowableValues = "active") String status) {}

  /**
   * Drains a worker: it finishes what it has and takes nothing new until it is resumed or started
   * again.
   *
   * @param name of the worker
   */
  @PostMapping(path = "/drain", produces = APPLICATION_JSON_VALUE)
  @Operation(operationId = "drainWorker")
  @Takes(headers = "Idempotency-Key")
  @Answers(
      status = 202,
      body = Draining.class,
      headers = {"Idempotent-Replayed", "Read-Side"})
  @Refuses({ProblemType.INVALID_REQUEST, ProblemType.NOT_FOUND, ProblemType.IDEMPOTENCY_MISMATCH})
  ResponseEntity<Object> drain(
      @PathVariable String name, @RequestHeader HttpHeaders headers, Correlation caller) {
    return idempotent.once(
        headers,
        caller,
        name,
        "drain " + name,
        given -> {
          var now = now();
          var asked = new DrainRequested(given.operationId(), name, now);
          return order(asked, new DrainOrder(name, caller.actor().id(), now, true), caller)
              .body(new Draining(name, "draining"));
        });
  }

  /**
   * Resumes a worker that was drained: it takes work again. To resume one that works is no error.
   *
   * @param name of the worker
   */
  @PostMapping(path = "/resume", produces = APPLICATION_JSON_VALUE)
  @Operation(operationId = "resumeWorker")
  @Takes(headers = "Idempotency-Key")
  @Answers(
      status = 202,
      body = Resuming.class,
      headers = {"Idempotent-Replayed", "Read-Side"})
  @Refuses({ProblemType.INVALID_REQUEST, ProblemType.NOT_FOUND, ProblemType.IDEMPOTENCY_MISMATCH})
  ResponseEntity<Object> resume(
      @PathVariable String name, @RequestHeader HttpHeaders headers, Correlation caller) {
    return idempotent.once(
        headers,
        caller,
        name,
        "resume worker " + name,
        given -> {
          var now = now();
          var asked = new WorkerResumeRequested(given.operationId(), name, now);
          return order(asked, new DrainOrder(name, caller.actor().id(), now, false), caller)
              .body(new Resuming(name, "active"));
        });
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private ResponseEntity.BodyBuilder order(
      OperatorEvent asked, DrainOrder order, Correlation caller) {
    var name = order.worker();
    return calls.call(
        asked,
        caller,
        new Target(
            () -> workers.isAlive(name),
            "no worker '%s' has reported within the last 30 seconds".formatted(name),
            "workers cannot be told anything now; try again soon"),
        () -> workers.order(order),
        HttpStatus.ACCEPTED);
  }
}
