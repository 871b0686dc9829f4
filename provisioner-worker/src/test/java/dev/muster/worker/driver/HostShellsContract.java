package dev.muster.worker.driver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.worker.driver.ShellResult.NoShell;
import dev.muster.worker.driver.ShellResult.Opened;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the shells of a host promise, for the test of a driver that has them. */
public interface HostShellsContract extends HostDriverFixture {

  @Test
  default void a_shell_opens_in_what_advances_and_nowhere_else() throws Exception {
    var shells = open().shells().orElseThrow();
    var request = new ShellRequest(Optional.of("echo here"), Optional.empty());
    assertThat(shells.open(instance(), request)).isInstanceOf(NoShell.class);

    var driver = started();
    var running = driver.shells().orElseThrow().open(instance(), request);
    driver.perform(task(2, new Action.Pause()));
    var paused = shells.open(instance(), request);
    driver.perform(task(3, new Action.Remove()));
    var removed = shells.open(instance(), request);

    assertThat(List.of(paused, removed)).allMatch(NoShell.class::isInstance);
    var shell = ((Opened) running).shell();
    assertThat(shell.output().readAllBytes()).asString().isEqualTo("here\n");
    assertThat(shell.exit().get()).isZero();
  }
}
