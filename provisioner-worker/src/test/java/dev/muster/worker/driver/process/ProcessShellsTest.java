package dev.muster.worker.driver.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.worker.driver.Action;
import dev.muster.worker.driver.HostDriver;
import dev.muster.worker.driver.Observation.Ended;
import dev.muster.worker.driver.Shell;
import dev.muster.worker.driver.ShellRequest;
import dev.muster.worker.driver.ShellResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/** Shells beside what an instance runs, and what becomes of them with it. */
class ProcessShellsTest {

  @TempDir Path data;
  private ProcessHost host;

  @BeforeEach
  void begin() {
    host = ProcessHost.in(data);
  }

  @AfterEach
  void end() throws Exception {
    host.close();
  }

  @Test
  void an_open_shell_hides_neither_the_end_of_its_instance_nor_how_it_ended() throws Exception {
    host.run("while [ ! -e die ]; do sleep 0.02; done; exit 6");
    var driver = host.open();
    driver.startReported(host.instance(), "op_1");
    var shell = shell(driver, "trap '' HUP TERM; echo up; while :; do sleep 0.1; done");
    assertThat(shell.output().read()).isEqualTo('u');

    Files.writeString(host.work().resolve("die"), "");

    await()
        .untilAsserted(
            () ->
                assertThat(host.open().observe())
                    .singleElement()
                    .isInstanceOfSatisfying(
                        Ended.class, ended -> assertThat(ended.exitCode()).isEqualTo(6)));
    driver.endReported(host.instance(), "op_1");
    driver.reconcile();
    assertThat(host.alive()).isEmpty();
  }

  @Test
  void an_interactive_shell_keeps_no_delete_waiting() throws Exception {
    host.run("exec sleep 600");
    var terminal = new ShellRequest.Terminal("xterm", 80, 24);
    var opened =
        host.open()
            .shells()
            .orElseThrow()
            .open(host.instance(), new ShellRequest(Optional.empty(), Optional.of(terminal)));
    var shell = ((ShellResult.Opened) opened).shell();
    assertThat(shell.output().read()).isPositive();

    host.perform(2, new Action.Remove());

    // One that heeds no SIGTERM would be killed, after the grace time.
    assertThat(shell.exit().get()).isEqualTo(128 + Posix.SIGHUP);
  }

  @Test
  void a_shell_heeds_interrupts_though_the_worker_was_started_where_they_are_ignored()
      throws Exception {
    host.run("exec sleep 600");
    var interrupt = new Signal("INT");
    var before = Signal.handle(interrupt, SignalHandler.SIG_IGN);
    try {
      var ignored = shell(host.open(), "sed -n 's/SigIgn://p' /proc/self/status").output();

      var signals = Long.parseUnsignedLong(new String(ignored.readAllBytes(), UTF_8).strip(), 16);
      assertThat(signals & (1 << (interrupt.getNumber() - 1))).isZero();
    } finally {
      Signal.handle(interrupt, before);
    }
  }

  @Test
  void a_shell_is_stopped_with_the_rest_and_goes_on_with_it() throws Exception {
    host.run("exec sleep 600");
    var shell = shell(host.open(), "echo up; sleep 600");
    assertThat(shell.output().read()).isEqualTo('u');

    host.perform(2, new Action.Pause());
    assertThat(host.alive())
        .hasSizeGreaterThanOrEqualTo(3)
        .allMatch(p -> p.stopped() || p.inKernel());

    host.perform(3, new Action.Resume());
    assertThat(host.alive()).noneMatch(OsProcess::stopped);
    shell.end();
    assertThat(shell.exit().get()).isEqualTo(128 + 1);
  }

  private Shell shell(HostDriver driver, String command) throws Exception {
    var request = new ShellRequest(Optional.of(command), Optional.empty());
    return ((ShellResult.Opened) driver.shells().orElseThrow().open(host.instance(), request))
        .shell();
  }
}
