package dev.muster.events.instance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.events.codec.EventType;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each event makes of each stage, whether or not the aggregate would let it happen there. */
class StatusTableTest {

  private static final Given GIVEN = new Given();

  private static final Map<String, InstanceEvent> EVENTS =
      Map.ofEntries(
          Map.entry("PauseRequested", GIVEN.pause("op_2")),
          Map.entry("ResumeRequested", GIVEN.resume("op_2")),
          Map.entry("RestartRequested", GIVEN.restart("op_2")),
          Map.entry("DeletionRequested", GIVEN.deletion("op_2")),
          Map.entry("InstanceStarted", GIVEN.started("op_2")),
          Map.entry("InstancePaused", GIVEN.paused("op_2")),
          Map.entry("InstanceResumed", GIVEN.resumed("op_2")),
          Map.entry("InstanceRestarted", GIVEN.restarted("op_2")),
          Map.entry("InstanceTerminated", GIVEN.terminated("op_2")),
          Map.entry("OperationDoneLate", GIVEN.doneLate("op_2", OperationKind.PAUSE)),
          Map.entry("OutcomeIgnored", GIVEN.ignored("op_2")),
          Map.entry("InstanceCompleted", GIVEN.completed("op_1")),
          Map.entry("InstanceFailed", GIVEN.died("op_1")));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # event           | creating | running  | paused   | error    | completed | deleted
          PauseRequested    | creating | running  | paused   | error    | completed | deleted
          ResumeRequested   | creating | running  | paused   | error    | completed | deleted
          RestartRequested  | creating | running  | paused   | error    | completed | deleted
          DeletionRequested | creating | running  | paused   | error    | completed | deleted
          OutcomeIgnored    | creating | running  | paused   | error    | completed | deleted
          InstanceStarted   | running  | running  | running  | running  | running   | running
          InstanceRestarted | running  | running  | running  | running  | running   | running
          InstancePaused    | paused   | paused   | paused   | paused   | paused    | paused
          InstanceResumed   | running  | running  | running  | running  | running   | running
          OperationDoneLate | paused   | paused   | paused   | paused   | paused    | paused
          InstanceTerminated| deleted  | deleted  | deleted  | deleted  | deleted   | deleted
          InstanceCompleted | completed| completed| completed| completed| completed | completed
          InstanceFailed    | error    | error    | error    | error    | error     | error
          """)
  void an_event_leads_to_the_same_stage_in_every_replay(
      String event,
      String creating,
      String running,
      String paused,
      String error,
      String completed,
      String deleted) {
    var next = Objects.requireNonNull(EVENTS.get(event));

    assertThat(stagesAfter(next))
        .containsExactly(creating, running, paused, error, completed, deleted);
  }

  @Test
  void the_table_has_every_event_but_the_first_and_the_failures() {
    assertThat(EVENTS.values().stream().map(event -> event.getClass().getSimpleName()))
        .containsExactlyInAnyOrderElementsOf(EVENTS.keySet())
        .hasSize(EventType.ALL.size() - List.of("CreationRequested", "OperationFailed").size());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # kind  | refused | expired | superseded
          CREATE  | error   | error   | same
          PAUSE   | same    | same    | same
          RESUME  | same    | same    | same
          RESTART | error   | error   | same
          DELETE  | error   | error   | same
          """)
  void a_failed_operation_leaves_error_unless_the_instance_is_as_it_was(
      OperationKind kind, String refused, String expired, String superseded) {
    var left = List.of(refused, expired, superseded);
    for (var code : FailureCode.values()) {
      var failed = GIVEN.failed("op_2", kind, code);
      var error = left.get(code.ordinal()).equals("error");
      assertThat(code.leavesError(kind)).as("%s %s", kind, code).isEqualTo(error);
      assertThat(stagesAfter(failed))
          .as("%s %s", kind, code)
          .isEqualTo(error ? Collections.nCopies(Stage.values().length, "error") : stages());
    }
  }

  private static List<String> stagesAfter(InstanceEvent event) {
    return Arrays.stream(Stage.values())
        .map(stage -> nameOf(in(stage).apply(event).stage()))
        .toList();
  }

  private static List<String> stages() {
    return Arrays.stream(Stage.values()).map(StatusTableTest::nameOf).toList();
  }

  private static String nameOf(Stage stage) {
    return stage.name().toLowerCase(Locale.ROOT);
  }

  private static InstanceState in(Stage stage) {
    var at = Given.START;
    var run =
        switch (stage) {
          case RUNNING, PAUSED -> new Run("op_1", at);
          case CREATING, ERROR, COMPLETED, DELETED -> null;
        };
    return new InstanceState(
        Given.ID,
        5,
        stage,
        Given.SPEC,
        "box-1",
        run,
        null,
        null,
        List.of(),
        null,
        0,
        null,
        null,
        at,
        at);
  }
}
