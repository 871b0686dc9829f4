package dev.muster.worker.driver.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.worker.driver.Action;
import dev.muster.worker.driver.ActionResult.Done;
import java.io.FileOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What instances print, how much of it is kept, and what is missing then. */
class ProcessOutputTest {

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
  void what_it_prints_is_bounded() throws Exception {
    host.run("head -c 17000000 /dev/zero; echo; echo end; exec sleep 600");
    host.open().startReported(host.instance(), "op_1");
    var log = host.log();
    await().until(() -> Files.exists(log) && Files.size(log) >= 17_000_005);

    var driver = host.open();
    var first = driver.output().orElseThrow().untaken(host.instance(), 5_000_000).orElseThrow();
    driver.output().orElseThrow().taken(first, 5_000_000);

    driver.observe();

    var size = Files.size(log);
    var kept = driver.output().orElseThrow().untaken(host.instance(), 20_000_000).orElseThrow();
    assertThat(blocksOf(log) * 512).isLessThan(size - 200_000);
    assertThat(kept.offset()).isEqualTo(5_000_000);
    assertThat(kept.missing()).isZero();
    assertThat(new String(kept.bytes(), UTF_8)).endsWith("\nend\n");
  }

  @Test
  void what_nobody_takes_is_missing_once_it_is_too_much() throws Exception {
    host.run("head -c 40000000 /dev/zero; echo; echo end; exec sleep 600");
    host.open().startReported(host.instance(), "op_1");
    var log = host.log();
    await().until(() -> Files.exists(log) && Files.size(log) >= 40_000_005);
    var driver = host.open();

    driver.observe();

    var output = driver.output().orElseThrow().untaken(host.instance(), 20_000_000).orElseThrow();
    assertThat(blocksOf(log) * 512).isLessThan(36_000_000);
    assertThat(output.missing()).isEqualTo(40_000_005 - (16 << 20)).isEqualTo(output.offset());
    assertThat(new String(output.bytes(), UTF_8)).endsWith("\nend\n");
  }

  @Test
  void who_holds_its_pipe_open_keeps_no_instance_and_nothing_of_it() throws Exception {
    host.run("echo begun; exec sleep 600");
    await().until(() -> host.open().output().orElseThrow().printing().contains(host.instance()));
    var run = new RunFolder(host.root().resolve(host.instance()).resolve("runs/1"));
    var collector = run.collector().orElseThrow().pid();
    var collecting =
        OsProcess.all().stream()
            .filter(p -> p.pid() == collector || p.parent() == collector)
            .toList();
    assertThat(collecting).hasSize(2);

    try (var _ = new FileOutputStream(run.path().resolve("pipe").toFile())) {
      assertThat(host.perform(2, new Action.Remove())).isEqualTo(new Done());
    }

    await().until(() -> collecting.stream().noneMatch(OsProcess::lives));
  }

  @Test
  void a_log_that_somebody_empties_goes_on_where_it_was() throws Exception {
    host.run("echo before; while [ ! -e go ]; do sleep 0.02; done; echo after; exec sleep 600");
    var driver = host.open();
    await().until(() -> driver.output().orElseThrow().printing().contains(host.instance()));
    driver
        .output()
        .orElseThrow()
        .taken(driver.output().orElseThrow().untaken(host.instance(), 100).orElseThrow(), 7);
    var log = host.log();

    Files.write(log, new byte[0]);
    Files.writeString(host.work().resolve("go"), "");

    await().until(() -> Files.size(log) == 6);
    var output = driver.output().orElseThrow().untaken(host.instance(), 100).orElseThrow();
    assertThat(output.offset()).isEqualTo(7);
    assertThat(new String(output.bytes(), UTF_8)).isEqualTo("after\n");
  }

  private static long blocksOf(Path file) throws Exception {
    var stat = new ProcessBuilder("stat", "-c", "%b", file.toString()).start();
    return Long.parseLong(new String(stat.getInputStream().readAllBytes(), UTF_8).strip());
  }
}
