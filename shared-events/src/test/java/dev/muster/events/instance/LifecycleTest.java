package dev.muster.events.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.events.instance.Lifecycle.Verdict;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LifecycleTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          #         | create  | pause   | resume  | restart | delete
          CREATING  | refused | refused | refused | refused | allowed
          RUNNING   | refused | allowed | already | allowed | allowed
          PAUSED    | refused | already | allowed | allowed | allowed
          ERROR     | refused | refused | refused | allowed | allowed
          COMPLETED | refused | refused | refused | allowed | allowed
          DELETED   | refused | refused | refused | refused | already
          """)
  void each_stage_has_a_verdict_on_each_operation(
      Stage stage, String create, String pause, String resume, String restart, String delete) {
    assertThat(Arrays.stream(OperationKind.values()).map(kind -> verdict(stage, kind)))
        .containsExactly(create, pause, resume, restart, delete);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          CREATING | PAUSE   | status creating does not allow pause; it allows delete
          CREATING | RESTART | status creating does not allow restart; it allows delete
          RUNNING  | CREATE  | status running does not allow create; it allows pause, restart, delete
          PAUSED   | CREATE  | status paused does not allow create; it allows resume, restart, delete
          ERROR    | PAUSE   | status error does not allow pause; it allows restart, delete
          COMPLETED | PAUSE  | status stopped does not allow pause; it allows restart, delete
          DELETED  | RESTART | status stopped (deleted) does not allow restart; it allows nothing more
          """)
  void a_refusal_names_the_status_and_what_it_allows(Stage stage, OperationKind kind, String text) {
    assertThat(Lifecycle.refusal(stage, kind)).isEqualTo(text);
  }

  @ParameterizedTest
  @EnumSource
  void what_is_allowed_is_what_the_verdict_says_in_the_order_of_the_kinds(Stage stage) {
    var allowed =
        Arrays.stream(OperationKind.values())
            .filter(kind -> Lifecycle.verdict(stage, kind) == Verdict.ALLOWED)
            .toList();

    assertThat(Lifecycle.allowed(stage)).containsExactlyElementsOf(allowed);
  }

  @Test
  void nobody_can_change_the_table() {
    var allowed = Lifecycle.allowed(Stage.RUNNING);

    assertThatThrownBy(() -> allowed.add(OperationKind.CREATE))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  private static String verdict(Stage stage, OperationKind kind) {
    return Lifecycle.verdict(stage, kind).name().toLowerCase(Locale.ROOT);
  }
}
