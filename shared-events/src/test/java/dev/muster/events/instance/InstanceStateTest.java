package dev.muster.events.instance;

import static dev.muster.events.instance.FailureCode.EXPIRED;
import static dev.muster.events.instance.FailureCode.REFUSED;
import static dev.muster.events.instance.FailureCode.SUPERSEDED;
import static dev.muster.events.instance.OperationKind.CREATE;
import static dev.muster.events.instance.OperationKind.PAUSE;
import static dev.muster.events.instance.OperationKind.RESTART;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.events.codec.Json;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InstanceStateTest {

  private final Given given = new Given();

  @Test
  void a_history_begins_with_its_creation() {
    var creation = given.creation("op_1");

    var state = fold(creation);

    assertThat(state)
        .isEqualTo(
            new InstanceState(
                Given.ID,
                1,
                Stage.CREATING,
                Given.SPEC,
                null,
                null,
                new Operation("op_1", CREATE, creation.at(), creation.deadline()),
                null,
                List.of(),
                null,
                0,
                null,
                null,
                creation.at(),
                creation.at()));
  }

  @Test
  void an_instance_runs_once_its_host_has_started_it() {
    var creation = given.creation("op_1");
    var started = given.started("op_1");

    var state = fold(creation, started);

    assertThat(state)
        .isEqualTo(
            new InstanceState(
                Given.ID,
                2,
                Stage.RUNNING,
                Given.SPEC,
                "box-1",
                new Run("op_1", started.at()),
                null,
                null,
                List.of("op_1"),
                null,
                0,
                null,
                null,
                creation.at(),
                started.at()));
  }

  @Test
  void a_pause_keeps_the_run_and_a_resume_goes_on_with_it() {
    var before = fold(given.creation("op_1"), given.started("op_1"));

    var paused = fold(before, given.pause("op_2"), given.paused("op_2"));
    var resumed = fold(paused, given.resume("op_3"), given.resumed("op_3"));

    assertThat(paused.status()).isEqualTo(InstanceStatus.PAUSED);
    assertThat(paused.run()).isEqualTo(before.run());
    assertThat(resumed.status()).isEqualTo(InstanceStatus.RUNNING);
    assertThat(resumed.run()).isEqualTo(before.run());
  }

  @Test
  void a_restart_gives_a_new_run_wherever_it_was_placed() {
    var before = fold(given.creation("op_1"), given.started("op_1"), given.restart("op_2"));
    var restarted = given.restarted("op_2");

    var state = fold(before, restarted);

    assertThat(state.run()).isEqualTo(new Run("op_2", restarted.at()));
    assertThat(state.host()).isEqualTo("box-2");
  }

  @Test
  void a_deleted_instance_is_stopped_and_remembers_where_it_was() {
    var state =
        fold(
            given.creation("op_1"),
            given.started("op_1"),
            given.deletion("op_2"),
            given.terminated("op_2"));

    assertThat(state.status()).isEqualTo(InstanceStatus.STOPPED);
    assertThat(state.deleted()).isTrue();
    assertThat(state.run()).isNull();
    assertThat(state.inFlight()).isNull();
    assertThat(state.host()).isEqualTo("box-1");
    assertThat(state.version()).isEqualTo(4);
  }

  @Test
  void what_has_done_its_work_is_stopped_and_not_deleted() {
    var completed = given.completed("op_1");

    var state = fold(given.creation("op_1"), given.started("op_1"), completed);

    assertThat(state.status()).isEqualTo(InstanceStatus.STOPPED);
    assertThat(state.deleted()).isFalse();
    assertThat(state.run()).isNull();
    assertThat(state.error()).isNull();
    assertThat(state.exitCode()).isZero();
    assertThat(state.endedAt()).isEqualTo(completed.at());
  }

  @Test
  void how_the_last_run_ended_is_told_until_there_is_a_new_one() {
    var failed = fold(given.creation("op_1"), given.started("op_1"), given.died("op_1"));

    var askedFor = fold(failed, given.restart("op_2"));
    var again = fold(askedFor, given.restarted("op_2"));

    assertThat(askedFor.exitCode()).isEqualTo(1);
    assertThat(askedFor.endedAt()).isEqualTo(failed.updatedAt());
    assertThat(again.exitCode()).isNull();
    assertThat(again.endedAt()).isNull();
  }

  @Test
  void a_delete_keeps_how_the_last_run_ended() {
    var completed = fold(given.creation("op_1"), given.started("op_1"), given.completed("op_1"));

    var state = fold(completed, given.deletion("op_2"), given.terminated("op_2"));

    assertThat(state.deleted()).isTrue();
    assertThat(state.exitCode()).isZero();
    assertThat(state.endedAt()).isEqualTo(completed.endedAt());
  }

  @Test
  void work_that_is_done_forgives_the_failures_before_it() {
    var failedOnce =
        fold(
            given.creation("op_1"),
            given.started("op_1"),
            given.died("op_1"),
            given.restart("op_2"),
            given.restarted("op_2"));

    assertThat(fold(failedOnce, given.completed("op_2")).quickFailures()).isZero();
  }

  @Test
  void a_stored_state_of_the_version_before_is_still_read() {
    var state =
        fold(
            given.creation("op_1"),
            given.started("op_1"),
            given.deletion("op_2"),
            given.terminated("op_2"));
    var stored =
        """
        {"instance_id":"inst_1","version":4,"status":"stopped",
        "spec":{"name":"bot","region":"us-east-1","command":[],"env":{},"restart_policy":"never"},
        "host":"box-1","heard_outcomes":["op_1","op_2"],"quick_failures":0,
        "created_at":"2026-03-14T09:00:01Z","updated_at":"2026-03-14T09:00:04Z"}
        """;

    assertThat(Json.read(stored.getBytes(UTF_8), InstanceState.class)).isEqualTo(state);
  }

  @Test
  void a_delete_takes_the_place_of_what_was_under_way() {
    var superseded = given.failed("op_1", CREATE, SUPERSEDED);

    var state = fold(given.creation("op_1"), superseded, given.deletion("op_2"));

    assertThat(state.status()).isEqualTo(InstanceStatus.CREATING);
    assertThat(state.inFlight()).extracting(Operation::id).isEqualTo("op_2");
  }

  @Test
  void a_refused_pause_leaves_the_instance_running_and_says_why() {
    var before = fold(given.creation("op_1"), given.started("op_1"), given.pause("op_2"));

    var state = fold(before, given.failed("op_2", PAUSE, REFUSED));

    assertThat(state.status()).isEqualTo(InstanceStatus.RUNNING);
    assertThat(state.run()).isEqualTo(before.run());
    assertThat(state.inFlight()).isNull();
    assertThat(state.error()).isEqualTo("pause was refused");
  }

  @Test
  void an_expired_operation_leaves_nothing_that_anybody_could_vouch_for() {
    var state =
        fold(
            given.creation("op_1"),
            given.started("op_1"),
            given.restart("op_2"),
            given.failed("op_2", RESTART, EXPIRED));

    assertThat(state.status()).isEqualTo(InstanceStatus.ERROR);
    assertThat(state.run()).isNull();
    assertThat(state.error()).isEqualTo("restart was expired");
  }

  @Test
  void an_expired_pause_leaves_the_instance_as_it_was_and_says_so() {
    var before = fold(given.creation("op_1"), given.started("op_1"), given.pause("op_2"));

    var state = fold(before, given.failed("op_2", PAUSE, EXPIRED));

    assertThat(state.status()).isEqualTo(InstanceStatus.RUNNING);
    assertThat(state.run()).isEqualTo(before.run());
    assertThat(state.error()).isEqualTo("pause was expired");
    assertThat(state.unsettled()).isEqualTo(before.inFlight());
  }

  @Test
  void a_pause_that_was_done_late_is_paused_and_settled() {
    var expired =
        fold(
            given.creation("op_1"),
            given.started("op_1"),
            given.pause("op_2"),
            given.failed("op_2", PAUSE, EXPIRED));

    var state = fold(expired, given.doneLate("op_2", PAUSE));

    assertThat(state.status()).isEqualTo(InstanceStatus.PAUSED);
    assertThat(state.run()).isEqualTo(expired.run());
    assertThat(state.unsettled()).isNull();
    assertThat(state.error()).isNull();
    assertThat(state.hasHeard("op_2")).isTrue();
  }

  @Test
  void what_was_asked_or_happened_since_settles_an_expired_pause() {
    var expired =
        fold(
            given.creation("op_1"),
            given.started("op_1"),
            given.pause("op_2"),
            given.failed("op_2", PAUSE, EXPIRED));

    assertThat(fold(expired, given.resume("op_3")).unsettled()).isNull();
    assertThat(fold(expired, given.died("op_1")).unsettled()).isNull();
  }

  @Test
  void a_pause_that_expires_after_the_run_has_ended_leaves_nothing_to_settle() {
    var state =
        fold(
            given.creation("op_1"),
            given.started("op_1"),
            given.pause("op_2"),
            given.died("op_1"),
            given.failed("op_2", PAUSE, EXPIRED));

    assertThat(state.unsettled()).isNull();
  }

  @Test
  void the_next_success_clears_the_error() {
    var state =
        fold(
            given.creation("op_1"),
            given.failed("op_1", CREATE, REFUSED),
            given.restart("op_2"),
            given.restarted("op_2"));

    assertThat(state.status()).isEqualTo(InstanceStatus.RUNNING);
    assertThat(state.error()).isNull();
  }

  @Test
  void an_error_stays_readable_while_its_remedy_is_under_way() {
    var state =
        fold(given.creation("op_1"), given.failed("op_1", CREATE, REFUSED), given.restart("op_2"));

    assertThat(state.status()).isEqualTo(InstanceStatus.ERROR);
    assertThat(state.error()).isEqualTo("create was refused");
  }

  @Test
  void a_death_while_an_operation_is_under_way_leaves_the_operation_waiting() {
    var state =
        fold(
            given.creation("op_1"), given.started("op_1"), given.pause("op_2"), given.died("op_1"));

    assertThat(state.status()).isEqualTo(InstanceStatus.ERROR);
    assertThat(state.run()).isNull();
    assertThat(state.error()).isEqualTo("exit status 1");
    assertThat(state.inFlight()).extracting(Operation::id).isEqualTo("op_2");
  }

  @ParameterizedTest
  @CsvSource({"REFUSED, true", "EXPIRED, false", "SUPERSEDED, false"})
  void only_a_refusal_was_heard_from_a_host(FailureCode code, boolean heard) {
    var state = fold(given.creation("op_1"), given.failed("op_1", CREATE, code));

    assertThat(state.hasHeard("op_1")).isEqualTo(heard);
  }

  @Test
  void a_late_outcome_is_heard_and_changes_nothing_else() {
    var before = fold(given.creation("op_1"), given.failed("op_1", CREATE, EXPIRED));
    var late = given.ignored("op_1");

    var after = fold(before, late);

    assertThat(after.hasHeard("op_1")).isTrue();
    assertThat(after)
        .usingRecursiveComparison()
        .ignoringFields("heardOutcomes", "version", "updatedAt")
        .isEqualTo(before);
    assertThat(after.version()).isEqualTo(before.version() + 1);
    assertThat(after.updatedAt()).isEqualTo(late.at());
  }

  @Test
  void only_the_sixteen_newest_outcomes_are_remembered() {
    var state = fold(given.creation("op_0"), given.started("op_0"));

    for (int n = 1; n <= 20; n++) {
      state = fold(state, given.ignored("op_" + n));
    }

    assertThat(state.heardOutcomes())
        .containsExactlyElementsOf(IntStream.rangeClosed(5, 20).mapToObj(n -> "op_" + n).toList());
  }

  @Test
  void quick_failures_in_a_row_are_counted() {
    var state = fold(given.creation("op_0"), given.started("op_0"));

    for (int n = 1; n <= 5; n++) {
      state = fold(state, given.died("op_" + (n - 1)), given.restart("op_" + n));
      assertThat(state.quickFailures()).isEqualTo(n);
      state = fold(state, given.restarted("op_" + n));
      assertThat(state.quickFailures()).isEqualTo(n);
    }
  }

  @ParameterizedTest
  @CsvSource({"58, 2", "59, 0", "3600, 0"})
  void a_run_of_a_minute_forgives_the_failures_before_it(long pause, int quickFailures) {
    var failedOnce =
        fold(
            given.creation("op_1"),
            given.started("op_1"),
            given.died("op_1"),
            given.restart("op_2"),
            given.restarted("op_2"));

    var state = fold(failedOnce, given.after(Duration.ofSeconds(pause)).died("op_2"));

    assertThat(state.quickFailures()).isEqualTo(quickFailures);
  }

  @Test
  void a_history_without_a_creation_is_broken() {
    assertThatThrownBy(() -> fold(given.started("op_1")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("history of inst_1 begins with InstanceStarted");
  }

  @Test
  void a_history_with_two_creations_is_broken() {
    var state = fold(given.creation("op_1"));

    assertThatThrownBy(() -> fold(state, given.creation("op_2")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("history of inst_1 has two creations");
  }

  private static InstanceState fold(InstanceEvent... events) {
    return fold(null, events);
  }

  private static InstanceState fold(@Nullable InstanceState from, InstanceEvent... events) {
    var state = from;
    for (var event : events) {
      state = InstanceState.fold(state, event);
    }
    return Objects.requireNonNull(state);
  }
}
