package dev.muster.command.instance;

import static dev.muster.command.instance.Histories.DEADLINE;
import static dev.muster.command.instance.Histories.HOST;
import static dev.muster.command.instance.Histories.ID;
import static dev.muster.command.instance.Histories.NOW;
import static dev.muster.command.instance.Histories.ORIGIN;
import static dev.muster.command.instance.Histories.REGION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.command.instance.Decision.Accepted;
import dev.muster.command.instance.Decision.Unchanged;
import dev.muster.command.instance.InstanceCommand.ExpireOperation;
import dev.muster.command.instance.InstanceCommand.RecordFailure;
import dev.muster.command.instance.InstanceCommand.RecordOutcome;
import dev.muster.command.instance.OperationResult.Refused;
import dev.muster.command.instance.OperationResult.Succeeded;
import dev.muster.events.envelope.Actor;
import dev.muster.events.instance.FailureCode;
import dev.muster.events.instance.InstanceEvent;
import dev.muster.events.instance.InstanceEvent.InstanceCompleted;
import dev.muster.events.instance.InstanceEvent.InstanceFailed;
import dev.muster.events.instance.InstanceEvent.InstancePaused;
import dev.muster.events.instance.InstanceEvent.InstanceRestarted;
import dev.muster.events.instance.InstanceEvent.InstanceResumed;
import dev.muster.events.instance.InstanceEvent.InstanceStarted;
import dev.muster.events.instance.InstanceEvent.InstanceTerminated;
import dev.muster.events.instance.InstanceEvent.OperationDoneLate;
import dev.muster.events.instance.InstanceEvent.OperationFailed;
import dev.muster.events.instance.InstanceEvent.OutcomeIgnored;
import dev.muster.events.instance.InstanceEvent.RestartRequested;
import dev.muster.events.instance.InstanceState;
import dev.muster.events.instance.OperationKind;
import dev.muster.events.instance.RestartPolicy;
import dev.muster.events.instance.Stage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.matchers.Matchers;
import org.hamcrest.Matcher;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What workers and clocks report. */
class ReportsTest {

  @ParameterizedTest
  @EnumSource(OperationKind.class)
  void a_success_that_is_waited_for_becomes_its_fact(OperationKind kind) {
    var history = waiting(kind);
    var operation = operation(kind);

    assertThat(events(history, succeeded(operation))).containsExactly(fact(kind, operation));
  }

  @ParameterizedTest
  @EnumSource(OperationKind.class)
  void a_refusal_that_is_waited_for_fails_the_operation_with_the_workers_reason(
      OperationKind kind) {
    var history = waiting(kind);
    var operation = operation(kind);

    var events = events(history, refused(operation));

    assertThat(events)
        .containsExactly(
            new OperationFailed(
                ID,
                operation,
                kind,
                FailureCode.REFUSED,
                "no room",
                REGION,
                kind == OperationKind.CREATE ? null : HOST,
                kind != OperationKind.PAUSE && kind != OperationKind.RESUME,
                NOW));
  }

  @ParameterizedTest
  @EnumSource(OperationKind.class)
  void an_outcome_that_comes_twice_is_recorded_once(OperationKind kind) {
    var history = new ArrayList<>(waiting(kind));
    history.add(fact(kind, operation(kind)));

    assertThat(decide(history, succeeded(operation(kind)))).isEqualTo(new Unchanged());
  }

  @ParameterizedTest
  @EnumSource(
      value = OperationKind.class,
      names = {"PAUSE", "RESUME"})
  void an_expired_pause_or_resume_leaves_the_run_to_the_restart_policy(OperationKind kind) {
    var before = state(waiting(kind));
    var history = expired(kind);

    var after = state(history);

    assertThat(after.stage()).isEqualTo(before.stage());
    assertThat(after.run()).isEqualTo(before.run());
    assertThat(after.error()).contains("not known");
    assertThat(events(history, failure("op_create", 1)).getFirst())
        .isInstanceOf(InstanceFailed.class);
  }

  @ParameterizedTest
  @CsvSource({"PAUSE, PAUSED", "RESUME, RUNNING"})
  void what_a_host_did_too_late_is_what_the_instance_is(OperationKind kind, Stage stage) {
    var history = expired(kind);

    var late = events(history, succeeded("op_waiting"));
    history.addAll(late);

    assertThat(late).containsExactly(new OperationDoneLate(ID, "op_waiting", kind, NOW));
    assertThat(state(history).stage()).isEqualTo(stage);
    assertThat(decide(history, succeeded("op_waiting"))).isEqualTo(new Unchanged());
  }

  @Test
  void what_was_asked_since_is_not_undone_by_a_late_outcome() {
    var history = expired(OperationKind.PAUSE);
    history.add(Histories.request(OperationKind.RESUME, "op_resume", NOW));
    history.add(new InstanceResumed(ID, "op_resume", NOW));

    assertThat(events(history, succeeded("op_waiting")))
        .singleElement()
        .isInstanceOf(OutcomeIgnored.class);
  }

  @Test
  void a_refusal_after_an_expired_pause_changes_nothing() {
    assertThat(events(expired(OperationKind.PAUSE), refused("op_waiting")))
        .singleElement()
        .isInstanceOf(OutcomeIgnored.class);
  }

  @Test
  void the_host_is_asked_while_nobody_knows_what_an_expired_pause_has_left() {
    var resume = new InstanceCommand.ResumeInstance(ID, "op_resume", DEADLINE, NOW);

    assertThat(events(expired(OperationKind.PAUSE), resume))
        .containsExactly(Histories.request(OperationKind.RESUME, "op_resume", NOW));
  }

  @ParameterizedTest
  @EnumSource(
      value = OperationKind.class,
      names = {"CREATE", "RESTART", "DELETE"})
  void a_late_outcome_is_recorded_as_ignored_and_only_once(OperationKind kind) {
    var history = new ArrayList<>(waiting(kind));
    var operation = operation(kind);
    history.addAll(events(history, new ExpireOperation(ID, operation, NOW)));

    var late = events(history, succeeded(operation));
    history.addAll(late);

    assertThat(late).singleElement().isInstanceOf(OutcomeIgnored.class);
    assertThat(decide(history, succeeded(operation))).isEqualTo(new Unchanged());
  }

  @Test
  void the_outcome_of_a_superseded_operation_is_ignored() {
    var history = new ArrayList<>(waiting(OperationKind.PAUSE));
    history.addAll(
        events(history, new InstanceCommand.DeleteInstance(ID, "op_delete", DEADLINE, NOW)));

    assertThat(events(history, succeeded("op_waiting")))
        .singleElement()
        .isInstanceOf(OutcomeIgnored.class);
  }

  @ParameterizedTest
  @CsvSource({"PAUSE", "RESUME"})
  void nothing_is_paused_or_resumed_that_ended_meanwhile(OperationKind kind) {
    var history = new ArrayList<>(waiting(kind));
    history.add(new InstanceFailed(ID, "op_create", 1, "exit status 1", NOW));

    assertThat(events(history, succeeded("op_waiting")))
        .singleElement()
        .isInstanceOf(OperationFailed.class);
  }

  @ParameterizedTest
  @CsvSource({"RUNNING", "PAUSED"})
  void the_end_of_the_present_run_is_a_failure(Stage stage) {
    assertThat(events(Histories.leadingTo(stage), failure("op_create", 3)))
        .containsExactly(new InstanceFailed(ID, "op_create", 3, "it ended", NOW));
  }

  @ParameterizedTest
  @EnumSource(RestartPolicy.class)
  void a_run_that_ends_with_0_has_done_its_work(RestartPolicy policy) {
    var events = events(Histories.leadingTo(Stage.RUNNING, policy), failure("op_create", 0));

    assertThat(events.getFirst()).isEqualTo(new InstanceCompleted(ID, "op_create", 0, NOW));
  }

  @Test
  void the_end_of_an_earlier_run_changes_nothing() {
    var history = Histories.leadingTo(Stage.RUNNING);

    assertThat(decide(history, failure("op_before", 3))).isEqualTo(new Unchanged());
  }

  @Test
  void the_end_of_a_run_that_comes_twice_is_recorded_once() {
    var history = Histories.leadingTo(Stage.ERROR);

    assertThat(decide(history, failure("op_create", 1))).isEqualTo(new Unchanged());
  }

  @ParameterizedTest
  @CsvSource({
    "NEVER,0,false",
    "NEVER,1,false",
    "ON_FAILURE,0,false",
    "ON_FAILURE,1,true",
    "ON_FAILURE,,true",
    "ALWAYS,0,true",
    "ALWAYS,1,true",
    "ALWAYS,,true"
  })
  void the_policy_says_whether_a_run_that_ended_is_restarted(
      RestartPolicy policy, @Nullable Integer exitCode, boolean restarted) {
    var history = Histories.leadingTo(Stage.RUNNING, policy);

    var events = events(history, failure("op_create", exitCode));

    assertThat(events.stream().anyMatch(RestartRequested.class::isInstance)).isEqualTo(restarted);
  }

  @Test
  void nothing_is_restarted_while_an_operation_is_under_way() {
    var history = new ArrayList<>(Histories.leadingTo(Stage.RUNNING, RestartPolicy.ALWAYS));
    history.add(Histories.request(OperationKind.DELETE, "op_waiting", NOW));

    assertThat(events(history, failure("op_create", 1)))
        .singleElement()
        .isInstanceOf(InstanceFailed.class);
  }

  @Test
  void the_fifth_quick_failure_in_a_row_is_not_restarted() {
    var history = new ArrayList<>(Histories.leadingTo(Stage.RUNNING, RestartPolicy.ALWAYS));
    var run = "op_create";
    var restarts = 0;
    for (int failure = 1; failure <= 5; failure++) {
      var at = Histories.THEN.plusSeconds(failure);
      history.addAll(events(history, failure(run, 1, "op_run" + failure, at)));
      if (history.getLast() instanceof RestartRequested restart) {
        restarts++;
        run = restart.operationId();
        history.add(new InstanceRestarted(ID, run, HOST, at));
      }
    }

    assertThat(restarts).isEqualTo(4);
    assertThat(history.getLast()).isInstanceOf(InstanceFailed.class);
  }

  @Test
  void a_restart_by_policy_is_the_platforms_own_doing() {
    new AggregateTestFixture<>(Instance.class)
        .given(Histories.leadingTo(Stage.RUNNING, RestartPolicy.ALWAYS))
        .when(failure("op_create", 1), ORIGIN)
        .expectEventsMatching(
            Matchers.exactSequenceOf(by(Histories.CALLER.actor()), by(Actor.PLATFORM)));
  }

  @ParameterizedTest
  @EnumSource(OperationKind.class)
  void an_operation_past_its_deadline_fails_and_says_that_the_host_is_not_known(
      OperationKind kind) {
    var events = events(waiting(kind), new ExpireOperation(ID, operation(kind), NOW));

    assertThat(events)
        .singleElement()
        .isInstanceOfSatisfying(
            OperationFailed.class,
            failed -> {
              assertThat(failed.code()).isEqualTo(FailureCode.EXPIRED);
              assertThat(failed.reason()).contains("10:00:30Z", "not known");
            });
  }

  @Test
  void the_deadline_of_an_operation_that_has_an_outcome_changes_nothing() {
    var history = Histories.leadingTo(Stage.RUNNING);

    assertThat(decide(history, new ExpireOperation(ID, "op_create", NOW)))
        .isEqualTo(new Unchanged());
  }

  private static List<InstanceEvent> waiting(OperationKind kind) {
    return switch (kind) {
      case CREATE -> Histories.leadingTo(Stage.CREATING);
      case RESUME -> Histories.waiting(Stage.PAUSED, kind);
      case PAUSE, RESTART, DELETE -> Histories.waiting(Stage.RUNNING, kind);
    };
  }

  private static InstanceState state(List<InstanceEvent> history) {
    return Objects.requireNonNull(Histories.fold(history));
  }

  /** That history, and then the deadline. */
  private static List<InstanceEvent> expired(OperationKind kind) {
    var history = new ArrayList<>(waiting(kind));
    history.addAll(events(history, new ExpireOperation(ID, operation(kind), NOW)));
    return history;
  }

  private static String operation(OperationKind kind) {
    return kind == OperationKind.CREATE ? "op_create" : "op_waiting";
  }

  private static InstanceEvent fact(OperationKind kind, String operation) {
    return switch (kind) {
      case CREATE -> new InstanceStarted(ID, operation, HOST, NOW);
      case PAUSE -> new InstancePaused(ID, operation, NOW);
      case RESUME -> new InstanceResumed(ID, operation, NOW);
      case RESTART -> new InstanceRestarted(ID, operation, HOST, NOW);
      case DELETE -> new InstanceTerminated(ID, operation, NOW);
    };
  }

  private static RecordOutcome succeeded(String operation) {
    return new RecordOutcome(ID, operation, new Succeeded(HOST), NOW);
  }

  private static RecordOutcome refused(String operation) {
    return new RecordOutcome(ID, operation, new Refused(HOST, "no room"), NOW);
  }

  private static RecordFailure failure(String run, @Nullable Integer exitCode) {
    return failure(run, exitCode, "op_again", NOW);
  }

  private static RecordFailure failure(
      String run, @Nullable Integer exitCode, String restartId, Instant at) {
    return new RecordFailure(ID, run, exitCode, "it ended", restartId, at.plusSeconds(30), at);
  }

  private static List<InstanceEvent> events(List<InstanceEvent> history, InstanceCommand command) {
    return ((Accepted) decide(history, command)).events();
  }

  private static Decision decide(List<InstanceEvent> history, InstanceCommand command) {
    return Decide.decide(Histories.fold(history), command);
  }

  private static Matcher<EventMessage<?>> by(Actor actor) {
    return Matchers.matches(event -> EventOrigin.of(event.getMetaData()).actor().equals(actor));
  }
}
