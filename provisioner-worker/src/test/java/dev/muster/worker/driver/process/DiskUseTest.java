package dev.muster.worker.driver.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskUseTest {

  private static final int MIB = 1 << 20;

  @TempDir Path work;

  @Test
  void blocks_count_and_each_file_once() throws Exception {
    var file = Files.write(work.resolve("file"), new byte[2 * MIB]);
    Files.createLink(Files.createDirectory(work.resolve("folder")).resolve("again"), file);
    Files.createSymbolicLink(work.resolve("link"), file);
    try (var sparse = new RandomAccessFile(work.resolve("sparse").toFile(), "rw")) {
      sparse.setLength(5L << 30);
    }

    var bytes = DiskUse.bytes(work);

    assertThat(bytes).isBetween(2L * MIB, 2L * MIB + 64 * 1024);
  }

  @Test
  void who_asks_does_not_wait_for_the_figure() throws Exception {
    Files.write(work.resolve("file"), new byte[MIB]);
    var gate = new CountDownLatch(1);
    var use = new DiskUse(folder -> pass(gate, folder));

    var unknown = use.latest("inst_a", work);
    gate.countDown();

    assertThat(unknown).isZero();
    await().until(() -> use.latest("inst_a", work) >= MIB);
  }

  @Test
  void one_that_cannot_be_measured_does_not_keep_the_others_from_it() throws Exception {
    Files.write(work.resolve("file"), new byte[MIB]);
    var use =
        new DiskUse(
            folder -> {
              if (!Files.exists(folder)) {
                throw new StackOverflowError("of a test");
              }
              return DiskUse.bytes(folder);
            });

    use.latest("inst_a", work.resolve("none"));

    await().until(() -> use.latest("inst_b", work) >= MIB);
  }

  private static long pass(CountDownLatch gate, Path folder) {
    try {
      gate.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return DiskUse.bytes(folder);
  }
}
