package dev.muster.worker.driver;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.muster.worker.driver.Observation.Alive;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What a driver promises beside that to programs of its own machine: one pipe for all they print,
 * and a folder of their own.
 */
public abstract class MachineProgramContract extends ProgramContract {

  @Test
  void what_is_printed_to_an_output_that_was_opened_anew_is_kept_and_in_its_place()
      throws Exception {
    run("echo a; echo b >/dev/stderr; echo c >/dev/stdout; echo d; exec sleep 600");

    await().untilAsserted(() -> assertThat(printed()).isEqualTo("a\nb\nc\nd\n"));
  }

  @Test
  void lines_through_many_openings_are_all_there_in_order() throws Exception {
    run(
        "i=0; while [ $i -lt 200 ]; do echo $i; echo $((i + 1)) >/dev/stderr; i=$((i + 2)); done;"
            + " exec sleep 600");

    var all = IntStream.range(0, 200).mapToObj(i -> i + "\n").collect(joining());
    await().untilAsserted(() -> assertThat(printed()).isEqualTo(all));
  }

  @Test
  void a_program_that_stops_itself_goes_on_because_nobody_has_paused_it() throws Exception {
    run("kill -STOP $$; echo on; exec sleep 600");

    await()
        .untilAsserted(
            () -> {
              assertThat(open().observe()).containsExactly(new Alive(instance, "op_1"));
              assertThat(printed()).isEqualTo("on\n");
            });
  }

  @Test
  void folders_nested_deeper_than_a_path_can_be_are_removed() throws Exception {
    var name = "d".repeat(100);
    run(
        "i=0; while [ $i -lt 60 ]; do mkdir "
            + name
            + " && cd -P "
            + name
            + " || break; i=$((i + 1)); done; echo $i; exec sleep 600");
    await().until(() -> printed().equals("60\n"));

    perform(2, new Action.Remove());

    assertThat(open().knows(instance)).isFalse();
  }

  @Test
  void a_file_counts_once_by_what_it_takes_on_the_disk() throws Exception {
    run(
        "head -c 10485760 /dev/urandom >big; for i in 1 2 3 4 5 6 7 8 9; do ln big link$i; done;"
            + " truncate -s 5G hole; echo made; exec sleep 600");
    await().until(() -> printed().equals("made\n"));
    var driver = open();

    await().untilAsserted(() -> assertThat(sample(driver).diskMb()).isBetween(10L, 11L));
  }

  @Test
  void memory_of_a_process_that_left_the_session_counts_and_what_forks_share_counts_once()
      throws Exception {
    run(
        "setsid perl -e '$x = \"x\"; $x x= 150_000_000; fork; fork; $| = 1; print \"held\\n"
            + "\"; sleep 600' & exec sleep 600");
    await().until(() -> printed().equals("held\n".repeat(4)));
    var driver = open();

    assertThat(sample(driver).memoryMb()).isBetween(143L, 175L);
  }

  @Test
  void what_short_lived_children_use_counts_though_nobody_waits_for_them() throws Exception {
    var driver = open();
    assumeTrue(driver.features().capabilities().contains("cpus"), driver.features().obstacle());
    run(
        "exec perl -e '$SIG{CHLD} = \"IGNORE\"; while (1) { if (!fork) { $x++ for 1 .. 300_000;"
            + " exit } select(undef, undef, undef, 0.02) }'");

    sample(driver);
    await().untilAsserted(() -> assertThat(sample(driver).cpuPercent()).isGreaterThan(15));
  }
}
