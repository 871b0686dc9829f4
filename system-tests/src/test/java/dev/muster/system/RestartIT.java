package dev.muster.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestartIT {

  @TempDir Path data;

  @Test
  void down_and_up_again_keeps_everything() throws Exception {
    String running;
    String paused;
    String stopped;
    long pid;
    Object history;
    String key;
    try (var first = new Leaving(MusterProcess.up(data))) {
      var api = first.muster().api();
      key = first.muster().adminKey();
      running = api.running("{\"name\": \"a\"}");
      paused = api.running("{\"name\": \"b\"}");
      api.post("/api/instances/" + paused + "/pause", "");
      stopped = api.running("{\"name\": \"c\"}");
      api.delete("/api/instances/" + stopped);
      history = api.history(paused);
      pid = HostProcess.mainsOf(data, running).getFirst().pid();
      assertThat(first.muster().output()).contains(key);
    }

    assertThat(HostProcess.mainsOf(data, running)).hasSize(1);

    try (var second = MusterProcess.up(data)) {
      var api = second.api();
      // It is ready a moment before it says so.
      await().untilAsserted(() -> assertThat(second.output()).contains("admin.key"));
      assertThat(second.output()).doesNotContain(key);
      assertThat(second.adminKey()).isEqualTo(key);
      assertThat(api.statusOf(running)).isEqualTo("running");
      assertThat(api.statusOf(paused)).isEqualTo("paused");
      assertThat(api.statusOf(stopped)).isEqualTo("stopped");
      assertThat(api.history(paused)).isEqualTo(history);
      assertThat(HostProcess.mainsOf(data, running)).singleElement().matches(p -> p.pid() == pid);

      api.post("/api/instances/" + paused + "/resume", "");
      assertThat(api.statusOf(paused)).isEqualTo("running");
      assertThat(api.delete("/api/instances/" + running).status()).isEqualTo(204);
      assertThat(HostProcess.mainsOf(data, running)).isEmpty();
    }
  }

  /** Ends the platform and lets the instances run on. */
  record Leaving(MusterProcess muster) implements AutoCloseable {

    @Override
    public void close() throws InterruptedException {
      muster.down();
    }
  }
}
