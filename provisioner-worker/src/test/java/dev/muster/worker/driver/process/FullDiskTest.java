package dev.muster.worker.driver.process;

import static dev.muster.worker.driver.process.ProcessHost.shell;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.muster.worker.driver.Action;
import dev.muster.worker.driver.ActionResult.Done;
import dev.muster.worker.driver.HostFaultException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A host whose file system is a small one of its own. */
class FullDiskTest {

  @TempDir Path place;

  private Path disk;
  private ProcessHost host;

  @BeforeEach
  void mount() throws Exception {
    Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwx--x--x"));
    disk = Files.createDirectory(place.resolve("disk"));
    var options = "size=4m,mode=711";
    assumeTrue(
        OsProcess.isRoot() && done("mount", "-t", "tmpfs", "-o", options, "muster", "" + disk),
        "a small file system cannot be mounted");
    host = ProcessHost.in(disk);
  }

  @AfterEach
  void unmount() throws Exception {
    if (host != null) {
      Files.deleteIfExists(disk.resolve("others"));
      host.close();
      assertThat(done("umount", "--lazy", "" + disk)).isTrue();
    }
  }

  @Test
  void an_instance_that_has_filled_the_disk_is_removed_and_the_room_is_back() throws Exception {
    host.run("mkdir -p a/b; cp /dev/zero a/b/c; : > a/full; : > full; exec sleep 600");
    await().until(() -> Files.exists(host.work().resolve("full")));
    assertThat(room()).isZero();

    var result = host.perform(2, new Action.Remove());

    assertThat(result).isEqualTo(new Done());
    assertThat(host.alive()).isEmpty();
    assertThat(host.root().resolve(host.instance())).doesNotExist();
    assertThat(room()).isGreaterThan(3 << 20);
    assertThat(host.perform(1, new Action.Start(shell("exit")))).isNotEqualTo(new Done());
  }

  @Test
  void what_is_to_be_cleared_ends_though_that_cannot_be_put_down() throws Exception {
    host.run("sleep 600 & sleep 600 & wait");
    host.open().startReported(host.instance(), "op_1");
    await().until(() -> host.alive().size() >= 4);
    fill();

    assertThatThrownBy(() -> host.perform(2, new Action.Start(shell("sleep 600"))))
        .isInstanceOf(HostFaultException.class);
    assertThatThrownBy(() -> host.perform(3, new Action.Clear()))
        .isInstanceOf(HostFaultException.class);

    assertThat(host.alive()).isEmpty();
    assertThat(host.root().resolve(host.instance())).isDirectoryNotContaining("glob:**.tmp");
  }

  @Test
  void an_exit_code_is_kept_until_there_is_room_for_it() throws Exception {
    host.run("echo begun; while [ ! -L go ]; do sleep 0.02; done; exit 7");
    var driver = host.open();
    driver.startReported(host.instance(), "op_1");
    await().until(() -> driver.output().orElseThrow().printing().contains(host.instance()));
    fill();
    Files.createSymbolicLink(host.work().resolve("go"), Path.of("/"));
    var run = new RunFolder(host.root().resolve(host.instance()).resolve("runs/1"));
    await().until(() -> run.main().orElseThrow().find().isEmpty());
    assertThat(run.exitStatus()).isEmpty();

    Files.delete(disk.resolve("others"));

    await()
        .untilAsserted(
            () ->
                assertThat(driver.observe().getFirst()).hasFieldOrPropertyWithValue("exitCode", 7));
  }

  @Test
  void who_prints_while_the_disk_is_full_goes_on_and_is_heard_when_there_is_room()
      throws Exception {
    host.run(
        "wait_for() { while [ ! -L $1 ]; do sleep 0.02; done; }; wait_for full;"
            + " head -c 300000 /dev/zero; mv full printed; wait_for room; echo; echo end;"
            + " exec sleep 600");
    fill();
    Files.createSymbolicLink(host.work().resolve("full"), Path.of("/"));
    await().until(() -> Files.isSymbolicLink(host.work().resolve("printed")));

    Files.delete(disk.resolve("others"));
    Files.createSymbolicLink(host.work().resolve("room"), Path.of("/"));

    await().untilAsserted(() -> assertThat(Files.readString(host.log())).endsWith("\nend\n"));
  }

  private void fill() throws Exception {
    assertThat(done("sh", "-c", "cat /dev/zero >'" + disk.resolve("others") + "' || :")).isTrue();
    assertThat(room()).isZero();
  }

  private long room() throws IOException {
    return Files.getFileStore(disk).getUsableSpace();
  }

  private static boolean done(String... command) throws Exception {
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getInputStream().readAllBytes();
    return process.waitFor() == 0;
  }
}
