package dev.muster.worker.driver.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An instance with a user of its own, whose processes run as this one does. */
class InstanceTreeTest {

  private static final OptionalInt NOBODYS = OptionalInt.of(2_000_000_017);

  @TempDir Path folder;
  private Process process;

  @BeforeEach
  void start() throws IOException {
    process = new ProcessBuilder("setsid", "sleep", "1000").start();
  }

  @AfterEach
  void end() {
    process.destroyForcibly();
  }

  @Test
  void the_main_process_belongs_to_it_before_it_has_become_its_user() throws IOException {
    assertThat(treeWith("pid").all()).extracting(OsProcess::pid).containsExactly(process.pid());
  }

  @Test
  void so_does_the_supervisor_that_leads_its_session() throws IOException {
    await().until(() -> OsProcess.read(process.pid()).orElseThrow().session() == process.pid());

    assertThat(treeWith("supervisor").all())
        .extracting(OsProcess::pid)
        .containsExactly(process.pid());
  }

  private InstanceTree treeWith(String role) throws IOException {
    var started = OsProcess.read(process.pid()).orElseThrow().startTicks();
    Files.writeString(
        folder.resolve(role),
        "%d %d %s\n".formatted(process.pid(), started, ProcessIdentity.currentBoot()));
    return InstanceTree.of("inst_x", NOBODYS, false, Optional.of(new RunFolder(folder)));
  }
}
