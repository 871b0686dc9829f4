package dev.muster.worker.driver.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.events.instance.Ids;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the name of a container says of an instance. */
class RecordStateTest {

  @Test
  void a_name_is_read_as_it_was_written_and_an_engine_takes_it() {
    var run = new RecordedRun(7, Ids.newOperation(), RecordedRun.Told.START, 1_796_117_912_345L);
    var output = new LogCursor(7, 1_796_117_912, 4_096, 1_796_117_914_123_456_789L, 1L << 40);
    var state = new RecordState(12, 9, DesiredContainerState.PAUSED, 1_796_117_900, run, output);

    assertThat(RecordState.parse(state.text())).contains(state);
    assertThat(RecordState.parse(RecordState.NEW.text())).contains(RecordState.NEW);
    assertThat("muster.box-1.inst_1." + state.text()).matches("[a-zA-Z0-9][a-zA-Z0-9_.-]+");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "run1",
        "v1.s1.dancing.t0.r1.op_1.start.k0.o0-0-0-0-0",
        "v1.s1.running.t0.r1.op_1.maybe.k0.o0-0-0-0-0",
        "v99999999999999999999.s1.running.t0.r1.op_1.start.k0.o0-0-0-0-0",
        "v1.s1.running.t0.r1.op_1.start.k0.o0-0-0-0-0.more"
      })
  void another_name_says_nothing(String name) {
    assertThat(RecordState.parse(name)).isEmpty();
  }

  @Test
  void an_end_that_was_told_is_not_untold() {
    var run = RecordedRun.NONE.told(RecordedRun.Told.END);

    assertThat(run.told(RecordedRun.Told.START).told()).isEqualTo(RecordedRun.Told.END);
  }
}
