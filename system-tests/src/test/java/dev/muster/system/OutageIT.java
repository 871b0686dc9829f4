package dev.muster.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutageIT {

  @TempDir Path data;

  @Test
  void a_database_that_is_killed_comes_back_and_nothing_acknowledged_is_lost() throws Exception {
    try (var muster = MusterProcess.up(data)) {
      var api = muster.api();
      var before = api.running("{\"name\": \"before\"}");

      kill(data.resolve("postgresql/cluster/postmaster.pid"));

      await()
          .atMost(Duration.ofMinutes(1))
          .pollInterval(Duration.ofMillis(200))
          .until(() -> api.post("/api/instances/" + before + "/pause", "").status() == 200);
      assertThat(HostProcess.mainsOf(data, before)).singleElement().matches(p -> p.state() == 'T');
      assertThat(api.running("{\"name\": \"after\"}")).isNotEqualTo(before);
      assertThat(new Histories(api).stateOf(before).status()).hasToString("paused");
    }
  }

  private static void kill(Path pidFile) throws Exception {
    long pid = Long.parseLong(Files.readAllLines(pidFile).getFirst());
    assertThat(ProcessHandle.of(pid).orElseThrow().destroyForcibly()).isTrue();
  }
}
