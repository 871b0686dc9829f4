package dev.muster.command.worker.web;

import static org.springframework.http.MediaType.APPLICATION_JSON_VALUE;

import dev.muster.command.operator.web.CommandsPlatform;
import dev.muster.command.operator.web.OperatorCalls;
import dev.muster.command.operator.web.OperatorCalls.Target;
import dev.muster.command.worker.ReportedWorkers;
import dev.muster.events.envelope.Correlation;
import dev.muster.events.operator.OperatorEvent.DrainRequested;
import dev.muster.events.operator.OperatorEvent.WorkerResumeRequested;
import dev.muster.events.worker.DrainOrder;
import dev.muster.web.contract.Answers;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
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

  private final ReportedWorkers workers;
  private final OperatorCalls calls;

  WorkerController(ReportedWorkers workers, OperatorCalls calls) {
    this.workers = workers;
    this.calls = calls;
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
  @CommandsPlatform
  @Answers(
      status = 202,
      body = Draining.class,
      headers = {"Idempotent-Replayed", "Read-Side"})
  ResponseEntity<Object> drain(
      @PathVariable String name, @RequestHeader HttpHeaders headers, Correlation caller) {
    return calls.call(
        headers,
        caller,
        worker(name),
        "drain " + name,
        DrainRequested::new,
        asked -> workers.order(new DrainOrder(name, caller.actor().id(), asked.at(), true)),
        ResponseEntity.accepted().body(new Draining(name, "draining")));
  }

  /**
   * Resumes a worker that was drained: it takes work again. To resume one that works is no error.
   *
   * @param name of the worker
   */
  @PostMapping(path = "/resume", produces = APPLICATION_JSON_VALUE)
  @Operation(operationId = "resumeWorker")
  @CommandsPlatform
  @Answers(
      status = 202,
      body = Resuming.class,
      headers = {"Idempotent-Replayed", "Read-Side"})
  ResponseEntity<Object> resume(
      @PathVariable String name, @RequestHeader HttpHeaders headers, Correlation caller) {
    return calls.call(
        headers,
        caller,
        worker(name),
        "resume worker " + name,
        WorkerResumeRequested::new,
        asked -> workers.order(new DrainOrder(name, caller.actor().id(), asked.at(), false)),
        ResponseEntity.accepted().body(new Resuming(name, "active")));
  }

  private Target worker(String name) {
    return new Target(
        name,
        () -> workers.isAlive(name),
        "no worker '%s' has reported within the last 30 seconds".formatted(name),
        "workers cannot be told anything now; try again soon");
  }
}
