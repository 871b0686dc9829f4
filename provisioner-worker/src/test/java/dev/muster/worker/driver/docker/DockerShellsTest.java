package dev.muster.worker.driver.docker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.worker.driver.Action;
import dev.muster.worker.driver.ActionResult.Done;
import dev.muster.worker.driver.Observation.Alive;
import dev.muster.worker.driver.Shell;
import dev.muster.worker.driver.ShellRequest;
import dev.muster.worker.driver.ShellRequest.Terminal;
import dev.muster.worker.driver.ShellResult.Opened;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Shells beside what an instance on a Docker host runs. */
class DockerShellsTest {

  private static final ExecutorService THREADS = Executors.newVirtualThreadPerTaskExecutor();
  private static TestEngine engine;

  private DockerHost host;

  @BeforeAll
  static void find_an_engine() {
    engine = TestEngine.open();
  }

  @BeforeEach
  void begin() throws Exception {
    host = DockerHost.on(engine);
    host.run("sleep 600");
  }

  @AfterEach
  void end() {
    host.close();
  }

  private Shell shell(String command) throws Exception {
    return open(new ShellRequest(Optional.of(command), Optional.empty()));
  }

  private Shell open(ShellRequest request) throws Exception {
    var opened = host.open().shells().orElseThrow().open(host.instance(), request);
    return ((Opened) opened).shell();
  }

  @Test
  void output_and_errors_are_apart_and_the_exit_code_is_its_own() throws Exception {
    var shell = shell("read x; echo out $x; echo err >&2; exit 7");

    shell.input().write("typed\n".getBytes(UTF_8));
    shell.input().flush();

    assertThat(shell.output().readAllBytes()).asString().isEqualTo("out typed\n");
    assertThat(shell.errors().readAllBytes()).asString().isEqualTo("err\n");
    assertThat(shell.exit().get()).isEqualTo(7);
  }

  @Test
  void the_end_of_its_input_reaches_it() throws Exception {
    var shell = shell("cat; echo over");

    shell.input().write("typed".getBytes(UTF_8));
    shell.input().close();

    assertThat(shell.output().readAllBytes()).asString().isEqualTo("typedover\n");
  }

  @Test
  void with_a_terminal_it_is_as_large_as_that() throws Exception {
    var shell =
        open(
            new ShellRequest(
                Optional.of("sleep 0.2; stty size; echo $TERM"),
                Optional.of(new Terminal("vt100", 101, 33))));

    assertThat(shell.output().readAllBytes()).asString().isEqualTo("33 101\r\nvt100\r\n");
  }

  @Test
  void who_hangs_up_ends_it_and_what_it_runs() throws Exception {
    var shell =
        open(new ShellRequest(Optional.empty(), Optional.of(new Terminal("xterm", 80, 24))));
    shell.input().write("sleep 601 & sleep 602\n".getBytes(UTF_8));
    shell.input().flush();
    await().until(() -> host.exec("ps").contains("sleep 602"));

    shell.end();

    await()
        .untilAsserted(() -> assertThat(host.exec("ps")).doesNotContain("sleep 601", "sleep 602"));
    assertThat(shell.exit().get()).isGreaterThan(128);
    assertThat(host.open().observe()).containsExactly(new Alive(host.instance(), "op_1"));
  }

  @Test
  void who_ignores_a_hangup_is_killed() throws Exception {
    var shell = shell("trap '' HUP; echo up; while :; do sleep 0.1; done");
    assertThat(shell.output().read()).isEqualTo('u');

    shell.end();

    assertThat(shell.exit().get()).isEqualTo(128 + 9);
  }

  @Test
  void shells_that_begin_while_it_is_paused_and_resumed_lock_nothing() throws Exception {
    var shells = host.open().shells().orElseThrow();
    var request = new ShellRequest(Optional.of("true"), Optional.empty());
    var opening =
        THREADS.submit(
            () -> {
              for (int i = 0; i < 15; i++) {
                shells.open(host.instance(), request);
              }
              return true;
            });

    for (int i = 2; i < 12; i += 2) {
      assertThat(host.perform(i, new Action.Pause())).isEqualTo(new Done());
      assertThat(host.perform(i + 1, new Action.Resume())).isEqualTo(new Done());
    }

    assertThat(opening.get()).isTrue();
    assertThat(host.perform(12, new Action.Remove())).isEqualTo(new Done());
  }
}
