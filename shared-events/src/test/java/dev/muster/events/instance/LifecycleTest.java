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
          STOPPED   | refused | refused | refused | refused | already
          """)
  void each_status_has_a_verdict_on_each_operation(
      InstanceStatus status,
      String create,
      String pause,
      String resume,
      String restart,
      String delete) {
    assertThat(Arrays.stream(OperationKind.values()).map(kind -> verdict(status, kind)))
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
          STOPPED  | RESTART | status stopped does not allow restart; it allows nothing more
          """)
  void a_refusal_names_the_status_and_what_it_allows(
      InstanceStatus status, OperationKind kind, String text) {
    assertThat(Lifecycle.refusal(status, kind)).isEqualTo(text);
  }

  @ParameterizedTest
  @EnumSource
  void what_is_allowed_is_what_the_verdict_says_in_the_order_of_the_kinds(InstanceStatus status) {
    var allowed =
        Arrays.stream(OperationKind.values())
            .filter(kind -> Lifecycle.verdict(status, kind) == Verdict.ALLOWED)
            .toList();

    assertThat(Lifecycle.allowed(status)).containsExactlyElementsOf(allowed);
  }

  @Test
  void nobody_can_change_the_table() {
    var allowed = Lifecycle.allowed(InstanceStatus.RUNNING);

    assertThatThrownBy(() -> allowed.add(OperationKind.CREATE))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  private static String verdict(InstanceStatus status, OperationKind kind) {
    return Lifecycle.verdict(status, kind).name().toLowerCase(Locale.ROOT);
  }
}
