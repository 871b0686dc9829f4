package dev.muster.worker.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessLocationTest {

  @Test
  void a_living_process_is_not_gone() {
    assertThat(ProcessLocation.isGone(Incarnation.now("w").id())).isFalse();
  }

  @Test
  void a_process_of_this_machine_that_has_ended_is_gone() throws Exception {
    var ended = new ProcessBuilder("true").start();
    ended.waitFor();
    var own = ProcessHandle.current().pid();

    var incarnation = Incarnation.now("w").id().replace("/" + own + "/", "/" + ended.pid() + "/");

    assertThat(ProcessLocation.isGone(incarnation)).isTrue();
  }

  @Test
  void a_pid_that_is_used_again_is_told_by_its_start() {
    var parts = Incarnation.now("w").id().split("/");
    parts[3] = "1";

    assertThat(ProcessLocation.isGone(String.join("/", parts))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "dead", "a/b/c/d/e", "other-boot/pid:[1]/1/1/x", "1f0c-22"})
  void of_other_places_nothing_is_known(String incarnation) {
    assertThat(ProcessLocation.isGone(incarnation)).isFalse();
  }
}
