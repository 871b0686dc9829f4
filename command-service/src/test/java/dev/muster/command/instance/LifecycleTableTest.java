package dev.muster.command.instance;

import static dev.muster.command.instance.Histories.DEADLINE;
import static dev.muster.command.instance.Histories.HOST;
import static dev.muster.command.instance.Histories.ID;
import static dev.muster.command.instance.Histories.NOW;
import static dev.muster.command.instance.Histories.ORIGIN;
import static dev.muster.command.instance.Histories.REGION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.command.instance.Decision.Accepted;
import dev.muster.command.instance.Decision.Joined;
import dev.muster.command.instance.Decision.Rejected;
import dev.muster.command.instance.Decision.Unchanged;
import dev.muster.command.instance.InstanceCommand.Ask;
import dev.muster.command.instance.InstanceCommand.CreateInstance;
import dev.muster.command.instance.InstanceCommand.DeleteInstance;
import dev.muster.command.instance.InstanceCommand.PauseInstance;
import dev.muster.command.instance.InstanceCommand.RestartInstance;
import dev.muster.command.instance.InstanceCommand.ResumeInstance;
import dev.muster.command.instance.Rejection.NotAllowed;
import dev.muster.command.instance.Rejection.UnderWay;
import dev.muster.events.instance.FailureCode;
import dev.muster.events.instance.InstanceEvent;
import dev.muster.events.instance.InstanceEvent.CreationRequested;
import dev.muster.events.instance.InstanceEvent.InstanceStarted;
import dev.muster.events.instance.InstanceEvent.OperationFailed;
import dev.muster.events.instance.InstanceSpec;
import dev.muster.events.instance.Lifecycle;
import dev.muster.events.instance.Operation;
import dev.muster.events.instance.OperationKind;
import dev.muster.events.instance.RestartPolicy;
import dev.muster.events.instance.Stage;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.ResultValidator;
import org.axonframework.test.matchers.Matchers;
import org.hamcrest.CustomTypeSafeMatcher;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The whole table of stage and command, against the aggregate. */
class LifecycleTableTest {

  private final AggregateTestFixture<Instance> fixture = new AggregateTestFixture<>(Instance.class);

  @Test
  void a_creation_begins_the_history() {
    var create =
        new CreateInstance(ID, "op_new", Histories.spec(RestartPolicy.NEVER), DEADLINE, NOW);

    fixture
        .givenNoPriorActivity()
        .when(create, ORIGIN)
        .expectEvents(
            new CreationRequested(
                ID, "op_new", Histories.spec(RestartPolicy.NEVER), DEADLINE, NOW));
  }

  @ParameterizedTest
  @CsvSource({
    "running, pause,   requested", "running, resume,  unchanged", "running, restart, requested",
    "running, delete,  requested", "paused,  pause,   unchanged", "paused,  resume,  requested",
    "paused,  restart, requested", "paused,  delete,  requested", "error,   pause,   refused",
    "error,   resume,  refused", "error,   restart, requested", "error,   delete,  requested",
    "completed, pause, refused", "completed, resume, refused", "completed, restart, requested",
    "completed, delete, requested", "deleted, pause,   refused", "deleted, resume,  refused",
    "deleted, restart, refused", "deleted, delete,  unchanged",
  })
  void a_resting_instance_answers_by_the_table(String stage, String kind, String expected) {
    var from = Stage.valueOf(stage.toUpperCase(Locale.ROOT));
    var ask = ask(kind);

    var then = fixture.given(Histories.leadingTo(from)).when(ask, ORIGIN);

    switch (expected) {
      case "requested" -> {
        then.expectEvents(asked(ask));
        expectDecision(then, new Accepted(List.of(asked(ask))));
      }
      case "unchanged" -> expectNothing(then, new Unchanged());
      default -> expectNothing(then, new Rejected(new NotAllowed(from, ask.kind())));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "creating, create,  pause,   refused", "creating, create,  resume,  refused",
    "creating, create,  restart, refused", "creating, create,  delete,  supersedes",
    "creating, delete,  pause,   refused", "creating, delete,  resume,  refused",
    "creating, delete,  restart, refused", "creating, delete,  delete,  joins",
    "running,  pause,   pause,   under-way", "running,  pause,   resume,  under-way",
    "running,  pause,   restart, under-way", "running,  pause,   delete,  supersedes",
    "running,  restart, pause,   under-way", "running,  restart, resume,  under-way",
    "running,  restart, restart, under-way", "running,  restart, delete,  supersedes",
    "running,  delete,  pause,   under-way", "running,  delete,  resume,  under-way",
    "running,  delete,  restart, under-way", "running,  delete,  delete,  joins",
    "paused,   resume,  pause,   under-way", "paused,   resume,  resume,  under-way",
    "paused,   resume,  restart, under-way", "paused,   resume,  delete,  supersedes",
    "paused,   restart, pause,   under-way", "paused,   restart, resume,  under-way",
    "paused,   restart, restart, under-way", "paused,   restart, delete,  supersedes",
    "paused,   delete,  pause,   under-way", "paused,   delete,  resume,  under-way",
    "paused,   delete,  restart, under-way", "paused,   delete,  delete,  joins",
    "completed, restart, pause,  refused", "completed, restart, resume, refused",
    "completed, restart, restart, under-way", "completed, restart, delete, supersedes",
    "completed, delete, pause,   refused", "completed, delete, resume, refused",
    "completed, delete, restart, under-way", "completed, delete, delete, joins",
    "error,    restart, pause,   refused", "error,    restart, resume,  refused",
    "error,    restart, restart, under-way", "error,    restart, delete,  supersedes",
    "error,    delete,  pause,   refused", "error,    delete,  resume,  refused",
    "error,    delete,  restart, under-way", "error,    delete,  delete,  joins",
  })
  void a_busy_instance_does_one_thing_at_a_time(
      String stage, String waitingFor, String kind, String expected) {
    var from = Stage.valueOf(stage.toUpperCase(Locale.ROOT));
    var history =
        Histories.waiting(from, OperationKind.valueOf(waitingFor.toUpperCase(Locale.ROOT)));
    var ask = ask(kind);

    var then = fixture.given(history).when(ask, ORIGIN);

    var inFlight = inFlight(history);
    switch (expected) {
      case "supersedes" -> then.expectEvents(superseded(history), asked(ask, history));
      case "joins" -> expectNothing(then, new Joined(inFlight.id()));
      case "under-way" -> expectNothing(then, new Rejected(new UnderWay(inFlight)));
      default -> expectNothing(then, new Rejected(new NotAllowed(from, ask.kind())));
    }
  }

  @ParameterizedTest
  @EnumSource(Stage.class)
  void a_second_creation_is_refused_in_every_stage(Stage stage) {
    var state = Histories.fold(Histories.leadingTo(stage));
    var create =
        new CreateInstance(ID, "op_new", Histories.spec(RestartPolicy.NEVER), DEADLINE, NOW);

    var decision = Decide.decide(state, create);

    assertThat(decision).isEqualTo(new Rejected(new Rejection.Exists(ID)));
  }

  @ParameterizedTest
  @CsvSource({"pause", "resume", "restart", "delete"})
  void nothing_can_be_asked_of_an_instance_that_never_was(String kind) {
    assertThat(Decide.decide(null, ask(kind))).isEqualTo(new Rejected(new Rejection.Unknown(ID)));
  }

  @Test
  void a_refusal_is_worded_by_the_table() {
    var refused = new NotAllowed(Stage.CREATING, OperationKind.PAUSE);

    assertThat(refused.detail())
        .isEqualTo(Lifecycle.refusal(Stage.CREATING, OperationKind.PAUSE))
        .isEqualTo("status creating does not allow pause; it allows delete");
  }

  @Test
  void a_refusal_because_of_another_operation_names_it() {
    var state = Histories.fold(Histories.waiting(Stage.RUNNING, OperationKind.RESTART));

    var decision = (Rejected) Decide.decide(state, ask("pause"));

    assertThat(decision.rejection()).isInstanceOf(UnderWay.class);
    assertThat(decision.rejection().detail()).contains("restart", "op_waiting");
  }

  @Test
  void every_event_says_where_it_came_from() {
    fixture
        .given(Histories.leadingTo(Stage.RUNNING))
        .when(ask("pause"), ORIGIN)
        .expectEventsMatching(
            Matchers.exactSequenceOf(
                Matchers.matches(
                    (EventMessage<?> event) ->
                        EventOrigin.of(event.getMetaData()).equals(Histories.CALLER))));
  }

  @ParameterizedTest
  @CsvSource({"pause, 0", "restart, 120", "delete, 120"})
  void what_ends_a_run_first_has_the_time_of_that_end_on_top(String kind, int more) {
    var spec =
        new InstanceSpec(
            "db",
            REGION,
            null,
            List.of(),
            Map.of(),
            null,
            null,
            null,
            null,
            120,
            RestartPolicy.NEVER,
            null);
    var history =
        List.of(
            new CreationRequested(ID, "op_create", spec, DEADLINE, NOW),
            new InstanceStarted(ID, "op_create", HOST, NOW));

    fixture
        .given(history)
        .when(ask(kind), ORIGIN)
        .expectEventsMatching(
            Matchers.exactSequenceOf(
                Matchers.matches(
                    (EventMessage<?> event) ->
                        event.getPayload() instanceof InstanceEvent.Requested request
                            && request.deadline().equals(DEADLINE.plusSeconds(more)))));
  }

  private static Ask ask(String kind) {
    return switch (OperationKind.valueOf(kind.toUpperCase(Locale.ROOT))) {
      case CREATE -> throw new IllegalArgumentException(kind);
      case PAUSE -> new PauseInstance(ID, "op_new", DEADLINE, NOW);
      case RESUME -> new ResumeInstance(ID, "op_new", DEADLINE, NOW);
      case RESTART -> new RestartInstance(ID, "op_new", DEADLINE, NOW);
      case DELETE -> new DeleteInstance(ID, "op_new", DEADLINE, NOW);
    };
  }

  private static InstanceEvent asked(Ask ask) {
    return Histories.request(ask.kind(), "op_new", NOW);
  }

  private static InstanceEvent asked(Ask ask, List<InstanceEvent> history) {
    return new InstanceEvent.DeletionRequested(
        ID, ask.operationId(), REGION, hostOf(history), DEADLINE, NOW);
  }

  private static InstanceEvent superseded(List<InstanceEvent> history) {
    var operation = (InstanceEvent.Requested) history.getLast();
    return new OperationFailed(
        ID,
        operation.operationId(),
        operation.kind(),
        FailureCode.SUPERSEDED,
        "superseded by op_new",
        REGION,
        hostOf(history),
        false,
        NOW);
  }

  private static @Nullable String hostOf(List<InstanceEvent> history) {
    return history.size() == 1 ? null : HOST;
  }

  private static Operation inFlight(List<InstanceEvent> history) {
    var asked = (InstanceEvent.Requested) history.getLast();
    return new Operation(asked.operationId(), asked.kind(), asked.at(), asked.deadline());
  }

  private static void expectNothing(ResultValidator<Instance> then, Decision decision) {
    then.expectNoEvents();
    expectDecision(then, decision);
  }

  private static void expectDecision(ResultValidator<Instance> then, Decision decision) {
    then.expectResultMessagePayloadMatching(
        new CustomTypeSafeMatcher<Reply>("a reply with " + decision) {
          @Override
          protected boolean matchesSafely(Reply reply) {
            return reply.decision().equals(decision);
          }
        });
  }
}
