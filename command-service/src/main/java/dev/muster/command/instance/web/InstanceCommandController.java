package dev.muster.command.instance.web;

import dev.muster.command.instance.InstanceCommand.CreateInstance;
import dev.muster.command.instance.InstanceCommand.DeleteInstance;
import dev.muster.command.instance.InstanceCommand.PauseInstance;
import dev.muster.command.instance.InstanceCommand.RestartInstance;
import dev.muster.command.instance.InstanceCommand.ResumeInstance;
import dev.muster.command.instance.Rejection;
import dev.muster.command.instance.web.Answer.Status;
import dev.muster.command.settings.CommandSettings;
import dev.muster.events.envelope.Correlation;
import dev.muster.events.instance.Ids;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** The calls that change an instance. Ids and times come in here. */
@RestController
@RequestMapping("/api/instances")
final class InstanceCommandController {

  private static final Pattern INSTANCE_ID = Pattern.compile("inst_[0-9a-z]{26}");

  private final InstanceCalls calls;
  private final NewInstances newInstances;
  private final CommandSettings settings;
  private final Clock clock;

  InstanceCommandController(
      InstanceCalls calls, NewInstances newInstances, CommandSettings settings, Clock clock) {
    this.calls = calls;
    this.newInstances = newInstances;
    this.settings = settings;
    this.clock = clock;
  }

  @PostMapping
  ResponseEntity<Object> create(
      @RequestBody(required = false) @Nullable JsonNode body, Correlation caller) {
    var spec = newInstances.spec(body);
    var now = now();
    return calls.create(
        new CreateInstance(Ids.newInstance(), Ids.newOperation(), spec, deadline(now), now),
        caller);
  }

  @PostMapping("/{id}/pause")
  ResponseEntity<Object> pause(@PathVariable String id, Correlation caller) {
    var now = now();
    var command = new PauseInstance(known(id), Ids.newOperation(), deadline(now), now);
    return calls.ask(command, caller, new Status("paused"));
  }

  @PostMapping("/{id}/resume")
  ResponseEntity<Object> resume(@PathVariable String id, Correlation caller) {
    var now = now();
    var command = new ResumeInstance(known(id), Ids.newOperation(), deadline(now), now);
    return calls.ask(command, caller, new Status("running"));
  }

  @PostMapping("/{id}/restart")
  ResponseEntity<Object> restart(@PathVariable String id, Correlation caller) {
    var now = now();
    var command = new RestartInstance(known(id), Ids.newOperation(), deadline(now), now);
    return calls.ask(command, caller, new Status("restarted"));
  }

  @DeleteMapping("/{id}")
  ResponseEntity<Object> delete(@PathVariable String id, Correlation caller) {
    var now = now();
    var command = new DeleteInstance(known(id), Ids.newOperation(), deadline(now), now);
    return calls.ask(command, caller, null);
  }

  /** What cannot be an id is not there either; no store needs to be asked. */
  private static String known(String id) {
    if (!INSTANCE_ID.matcher(id).matches()) {
      throw Problems.rejected(new Rejection.Unknown(id));
    }
    return id;
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private Instant deadline(Instant now) {
    return now.plus(settings.operationDeadline());
  }
}
