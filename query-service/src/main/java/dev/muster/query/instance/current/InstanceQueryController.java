package dev.muster.query.instance.current;

import dev.muster.events.access.Scope;
import dev.muster.events.instance.InstanceState;
import dev.muster.events.instance.InstanceStatus;
import dev.muster.events.view.HealthView;
import dev.muster.events.view.InstanceView;
import dev.muster.query.env.EnvValues;
import dev.muster.query.health.Healths;
import dev.muster.query.page.Cursor;
import dev.muster.query.page.Limit;
import dev.muster.query.page.Page;
import dev.muster.web.condition.NotModified;
import dev.muster.web.contract.Answers;
import dev.muster.web.contract.Refuses;
import dev.muster.web.contract.Takes;
import dev.muster.web.key.RequiresScope;
import dev.muster.web.problem.ProblemException;
import dev.muster.web.problem.ProblemType;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.ServletWebRequest;

/** Instances as they are, and as they were. */
@RestController
@RequiresScope({Scope.READ, Scope.AUDIT})
@Tag(name = "instances")
final class InstanceQueryController {

  private static final char LIST = 'i';

  private final CurrentInstances instances;
  private final Healths healths;
  private final PastInstances past;
  private final StatusWait statusWait;

  InstanceQueryController(
      CurrentInstances instances, Healths healths, PastInstances past, StatusWait statusWait) {
    this.instances = instances;
    this.healths = healths;
    this.past = past;
    this.statusWait = statusWait;
  }

  /**
   * Lists instances, newest first. Deleted ones are left out unless {@code status} is {@code
   * stopped} or {@code all}.
   *
   * @param status only those of this status; {@code all} for every one
   * @param region only those of this region
   * @param name only those whose name begins with this
   * @param label only those with these labels: {@code key=value} or {@code key}, with commas
   *     between
   */
  @GetMapping("/api/instances")
  @Operation(operationId = "listInstances")
  @Answers(headers = "Link")
  @Refuses(ProblemType.INVALID_REQUEST)
  ResponseEntity<List<InstanceView>> list(
      @StatusOrAll @RequestParam(required = false) @Nullable String status,
      @RequestParam(required = false) @Nullable String region,
      @RequestParam(required = false) @Nullable String name,
      @RequestParam(required = false) @Nullable String label,
      @RequestParam(required = false) @Nullable String limit,
      @RequestParam(required = false) @Nullable String cursor,
      HttpServletRequest request) {
    var length = Limit.of(limit);
    var before = cursor == null ? null : Cursor.keyIn(LIST, cursor);
    var found = instances.list(InstanceFilter.of(status, region, name, label), before, length + 1);
    return Page.of(found, length, last -> new Cursor(LIST, last.instanceId()))
        .map(states -> views(states, EnvValues.forCallerOf(request)))
        .answer(request);
  }

  /**
   * Gets an instance as it is, or as it was. With {@code If-None-Match} and the {@code ETag} of
   * that version it is 304, though its health may have changed: that is no part of a version. A
   * deleted one stays readable, with the status {@code stopped}.
   *
   * @param asOf as it was at this moment: RFC 3339, or whole Unix seconds
   * @param version as it was at this version
   * @param waitFor holds the answer until the instance has this status
   * @param timeout for how many seconds {@code wait_for} may hold the answer
   */
  @GetMapping("/api/instances/{id}")
  @Operation(operationId = "getInstance")
  @Takes(headers = "If-None-Match")
  @Answers(headers = "ETag", body = InstanceView.class)
  @Answers(status = 304, when = "The caller has this version", body = void.class, headers = "ETag")
  @Refuses({ProblemType.INVALID_REQUEST, ProblemType.NOT_FOUND, ProblemType.TIMEOUT})
  @Nullable InstanceView get(
      @PathVariable String id,
      @RequestParam(name = "as_of", required = false) @Nullable String asOf,
      @Parameter(schema = @Schema(type = "integer", minimum = "1", maximum = "999999999999"))
          @RequestParam(required = false)
          @Nullable String version,
      @Parameter(schema = @Schema(implementation = InstanceStatus.class))
          @RequestParam(name = "wait_for", required = false)
          @Nullable String waitFor,
      @Parameter(
              schema =
                  @Schema(type = "integer", minimum = "1", maximum = "60", defaultValue = "30"))
          @RequestParam(required = false)
          @Nullable String timeout,
      ServletWebRequest exchange) {
    var isNow = asOf == null && version == null;
    var wanted = WaitFor.of(waitFor, timeout);
    if (wanted.isPresent() && !isNow) {
      throw new ProblemException(
          ProblemType.INVALID_REQUEST, "what was cannot be waited for; leave out wait_for");
    }
    var state = wanted.isPresent() ? await(id, wanted.get()) : find(id, asOf, version);
    if (NotModified.isAnswer(exchange, "\"%d\"".formatted(state.version()))) {
      return null;
    }
    var env = EnvValues.forCallerOf(exchange.getRequest()).of(state.spec().env());
    return InstanceView.of(state, env, isNow ? healths.of(List.of(state)).get(id) : null);
  }

  /** Gets the health of an instance; its fields are null before the first heartbeat. */
  @GetMapping("/api/instances/{id}/health")
  @Operation(operationId = "getHealth")
  @Answers
  @Refuses(ProblemType.NOT_FOUND)
  HealthView health(@PathVariable String id) {
    var state = instances.find(id).orElseThrow(() -> CurrentInstances.notFound(id));
    return healths.of(List.of(state)).getOrDefault(id, HealthView.NONE);
  }

  private InstanceState await(String id, WaitFor until) {
    return statusWait
        .await(id, until.status(), until.atMost())
        .orElseThrow(() -> CurrentInstances.notFound(id));
  }

  private InstanceState find(String id, @Nullable String asOf, @Nullable String version) {
    if (asOf != null && version != null) {
      throw new ProblemException(
          ProblemType.INVALID_REQUEST, "as_of and version exclude each other; give one");
    }
    if (asOf != null) {
      return past.asOf(id, asOf);
    }
    return version == null
        ? instances.find(id).orElseThrow(() -> CurrentInstances.notFound(id))
        : past.atVersion(id, version);
  }

  private List<InstanceView> views(List<InstanceState> states, EnvValues env) {
    var health = healths.of(states);
    return states.stream()
        .map(
            state ->
                InstanceView.of(state, env.of(state.spec().env()), health.get(state.instanceId())))
        .toList();
  }
}
