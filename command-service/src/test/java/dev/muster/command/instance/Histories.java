package dev.muster.command.instance;

import dev.muster.events.envelope.Actor;
import dev.muster.events.envelope.Correlation;
import dev.muster.events.instance.InstanceEvent;
import dev.muster.events.instance.InstanceEvent.CreationRequested;
import dev.muster.events.instance.InstanceEvent.DeletionRequested;
import dev.muster.events.instance.InstanceEvent.InstanceCompleted;
import dev.muster.events.instance.InstanceEvent.InstanceFailed;
import dev.muster.events.instance.InstanceEvent.InstancePaused;
import dev.muster.events.instance.InstanceEvent.InstanceStarted;
import dev.muster.events.instance.InstanceEvent.InstanceTerminated;
import dev.muster.events.instance.InstanceEvent.PauseRequested;
import dev.muster.events.instance.InstanceEvent.RestartRequested;
import dev.muster.events.instance.InstanceEvent.ResumeRequested;
import dev.muster.events.instance.InstanceSpec;
import dev.muster.events.instance.InstanceState;
import dev.muster.events.instance.OperationKind;
import dev.muster.events.instance.RestartPolicy;
import dev.muster.events.instance.Stage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Histories of an instance that lead to each stage. */
final class Histories {

  static final String ID = "inst_01";
  static final String HOST = "local";
  static final String REGION = "us-east-1";
  static final Instant THEN = Instant.parse("2026-03-01T10:00:00Z");
  static final Instant NOW = Instant.parse("2026-03-01T11:00:00Z");
  static final Instant DEADLINE = NOW.plusSeconds(30);
  static final Correlation CALLER =
      new Correlation(new Actor("key_1", "ops"), "req_1", "127.0.0.1", null, null);
  static final Map<String, Object> ORIGIN = Map.copyOf(EventOrigin.metaData(CALLER));

  private Histories() {}

  static InstanceSpec spec(RestartPolicy policy) {
    return new InstanceSpec("bot", REGION, null, List.of(), Map.of(), null, null, policy);
  }

  static List<InstanceEvent> leadingTo(Stage stage) {
    return leadingTo(stage, RestartPolicy.NEVER);
  }

  static List<InstanceEvent> leadingTo(Stage stage, RestartPolicy policy) {
    var events = new ArrayList<InstanceEvent>();
    events.add(new CreationRequested(ID, "op_create", spec(policy), THEN.plusSeconds(30), THEN));
    if (stage == Stage.CREATING) {
      return events;
    }
    events.add(new InstanceStarted(ID, "op_create", HOST, THEN));
    switch (stage) {
      case CREATING, RUNNING -> {}
      case PAUSED -> {
        events.add(request(OperationKind.PAUSE, "op_pause", THEN));
        events.add(new InstancePaused(ID, "op_pause", THEN));
      }
      case ERROR -> events.add(new InstanceFailed(ID, "op_create", 1, "exit status 1", THEN));
      case COMPLETED -> events.add(new InstanceCompleted(ID, "op_create", 0, THEN));
      case DELETED -> {
        events.add(request(OperationKind.DELETE, "op_delete", THEN));
        events.add(new InstanceTerminated(ID, "op_delete", THEN));
      }
    }
    return events;
  }

  /** That history, and an operation of that kind which has no outcome yet: {@code op_waiting}. */
  static List<InstanceEvent> waiting(Stage stage, OperationKind kind) {
    var events = new ArrayList<>(leadingTo(stage));
    if (kind != OperationKind.CREATE) {
      events.add(request(kind, "op_waiting", THEN));
    }
    return events;
  }

  static InstanceEvent request(OperationKind kind, String operationId, Instant at) {
    var deadline = at.plusSeconds(30);
    return switch (kind) {
      case CREATE -> throw new IllegalArgumentException("a history has one creation");
      case PAUSE -> new PauseRequested(ID, operationId, REGION, HOST, deadline, at);
      case RESUME -> new ResumeRequested(ID, operationId, REGION, HOST, deadline, at);
      case RESTART ->
          new RestartRequested(ID, operationId, spec(RestartPolicy.NEVER), HOST, deadline, at);
      case DELETE -> new DeletionRequested(ID, operationId, REGION, HOST, deadline, at);
    };
  }

  static @Nullable InstanceState fold(List<InstanceEvent> events) {
    @Nullable InstanceState state = null;
    for (var event : events) {
      state = InstanceState.fold(state, event);
    }
    return state;
  }
}
