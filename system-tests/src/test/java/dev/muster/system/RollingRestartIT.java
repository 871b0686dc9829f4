package dev.muster.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An upgrade as operators do it: one process at a time is asked to stop and started again. */
class RollingRestartIT {

  @TempDir Path data;

  @Test
  void a_rolling_restart_of_everything_loses_no_command_and_fails_no_read() throws Exception {
    try (var apart = Apart.start(data);
        var load = Load.patient(apart.api(), 4)) {
      for (var service : apart.services().toList()) {
        awaitMore(load);
        assertThat(service.stop()).as(service.output()).isZero();
        service.startAgain();
        service.awaitReady();
      }
      awaitMore(load);
      load.close();

      assertThat(load.failedReads).isEmpty();
      Aftermath.check(apart.api(), load.acknowledged, data);
    }
  }

  private static void awaitMore(Load load) {
    int before = load.acknowledged.size();
    await().atMost(Duration.ofMinutes(2)).until(() -> load.acknowledged.size() >= before + 10);
  }
}
