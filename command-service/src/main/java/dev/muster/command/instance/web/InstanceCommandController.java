package dev.muster.command.instance.web;

import static org.springframework.http.MediaType.APPLICATION_JSON_VALUE;

import dev.muster.command.idempotency.web.IdempotentCalls;
import dev.muster.command.idempotency.web.IdempotentIds;
import dev.muster.command.instance.InstanceCommand.Ask;
import dev.muster.command.instance.InstanceCommand.CreateInstance;
import dev.muster.command.instance.InstanceCommand.DeleteInstance;
import dev.muster.command.instance.InstanceCommand.PauseInstance;
import dev.muster.command.instance.InstanceCommand.RestartInstance;
import dev.muster.command.instance.InstanceCommand.ResumeInstance;
import dev.muster.command.instance.Rejection;
import dev.muster.command.instance.web.CommandAnswers.Status;
import dev.muster.command.settings.CommandSettings;
import dev.muster.events.envelope.Correlation;
import dev.muster.events.instance.Ids;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/**
 * The calls that change an instance. Ids and times come in here. What is produced is named, so that
 * a caller who could not read the answer is refused before anything is done.
 */
@RestController
@Tag(name = "instances")
@RequestMapping("/api/instances")
final class InstanceCommandController {

  private static final Pattern INSTANCE_ID = Pattern.compile("inst_[0-9a-z]{26}");

  private final InstanceCommandExecutor executor;
  private final IdempotentCalls idempotent;
  private final NewInstances newInstances;
  private final CommandSettings settings;
  private final Clock clock;

  InstanceCommandController(
      InstanceCommandExecutor executor,
      IdempotentCalls idempotent,
      NewInstances newInstances,
      CommandSettings settings,
      Clock clock) {
    this.executor = executor;
    this.idempotent = idempotent;
    this.newInstances = newInstances;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * Creates an instance. The answer is given at once, with the status {@code creating}, unless
   * {@code Prefer: wait=N} asks to wait until it runs.
   */
  @PostMapping(produces = APPLICATION_JSON_VALUE)
  @Operation(operationId = "createInstance")
  @CreatesInstance
  ResponseEntity<Object> create(
      @RequestBody(required = false) @Nullable JsonNode body,
      @RequestHeader HttpHeaders headers,
      Correlation caller) {
    var preconditions = Preconditions.ofCreation(headers);
    var spec = newInstances.spec(body);
    return idempotent.once(
        headers,
        caller,
        Ids.newInstance(),
        "create " + (body == null ? "" : body),
        ids -> {
          var wait = preconditions.preferredWait().forCreation().orElse(Duration.ZERO);
          var spent = newInstances.awaitWorker(spec.region(), wait);
          return executor.execute(
              command(ids, (id, op, due, now) -> new CreateInstance(id, op, spec, due, now)),
              preconditions.with(ids).spending(spent),
              caller,
              null);
        });
  }

  /** Pauses an instance: its processes are stopped, and keep their memory. */
  @PostMapping(path = "/{id}/pause", produces = APPLICATION_JSON_VALUE)
  @Operation(operationId = "pauseInstance")
  @ChangesStatus
  ResponseEntity<Object> pause(
      @PathVariable String id, @RequestHeader HttpHeaders headers, Correlation caller) {
    return change(id, headers, caller, "pause", PauseInstance::new, new Status("paused"));
  }

  /** Resumes a paused instance, without a restart. */
  @PostMapping(path = "/{id}/resume", produces = APPLICATION_JSON_VALUE)
  @Operation(operationId = "resumeInstance")
  @ChangesStatus
  ResponseEntity<Object> resume(
      @PathVariable String id, @RequestHeader HttpHeaders headers, Correlation caller) {
    return change(id, headers, caller, "resume", ResumeInstance::new, new Status("running"));
  }

  /** Restarts an instance that is running, paused or in error. */
  @PostMapping(path = "/{id}/restart", produces = APPLICATION_JSON_VALUE)
  @Operation(operationId = "restartInstance")
  @ChangesStatus
  ResponseEntity<Object> restart(
      @PathVariable String id, @RequestHeader HttpHeaders headers, Correlation caller) {
    return change(id, headers, caller, "restart", RestartInstance::new, new Status("restarted"));
  }

  /** Deletes an instance, whatever its status; to delete what is deleted is no error. */
  @DeleteMapping("/{id}")
  @Operation(operationId = "deleteInstance")
  @DeletesInstance
  ResponseEntity<Object> delete(
      @PathVariable String id, @RequestHeader HttpHeaders headers, Correlation caller) {
    return change(id, headers, caller, "delete", DeleteInstance::new, null);
  }

  private ResponseEntity<Object> change(
      String id,
      HttpHeaders headers,
      Correlation caller,
      String what,
      CommandConstructor constructor,
      @Nullable Object body) {
    var preconditions = Preconditions.of(headers);
    return idempotent.once(
        headers,
        caller,
        known(id),
        what + " " + id,
        ids -> executor.execute(command(ids, constructor), preconditions.with(ids), caller, body));
  }

  private interface CommandConstructor {

    Ask make(String instanceId, String operationId, Instant deadline, Instant now);
  }

  private Ask command(IdempotentIds ids, CommandConstructor constructor) {
    var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    return constructor.make(
        ids.targetId(), ids.operationId(), now.plus(settings.operationDeadline()), now);
  }

  /** What cannot be an id is not there either; no store needs to be asked. */
  private static String known(String id) {
    if (!INSTANCE_ID.matcher(id).matches()) {
      throw CommandProblems.rejected(new Rejection.Unknown(id));
    }
    return id;
  }
}
