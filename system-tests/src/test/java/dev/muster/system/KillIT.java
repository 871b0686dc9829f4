package dev.muster.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A platform that is killed while commands run comes back with everything it acknowledged. */
class KillIT {

  private static final int CLIENTS = 8;
  private static final int ENOUGH = 200;

  @TempDir Path data;

  @Test
  void a_kill_under_load_loses_nothing_and_starts_nothing_twice() throws Exception {
    var killed = MusterProcess.up(data);
    Load load;
    try (var running = new Load(killed.api(), CLIENTS)) {
      load = running;
      await().atMost(Duration.ofMinutes(2)).until(() -> load.acknowledged.size() >= ENOUGH);
      killed.kill();
    }
    assertThat(load.surprises).isEmpty();
    assertThat(load.failedReads).isEmpty();

    try (var muster = MusterProcess.up(data)) {
      Aftermath.check(muster.api(), load.acknowledged, data);
      new Auditor(muster.api()).check();
    }
  }
}
