package dev.muster.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tukaani.xz.XZInputStream;
import tools.jackson.databind.JsonNode;

/** Every version opens what the ones before it left, and goes on from there. */
class OldDataIT {

  private static final Path FIXTURES = Path.of("src/test/fixtures");

  @TempDir Path folder;

  static Stream<Path> kept() throws IOException {
    try (var files = Files.list(FIXTURES)) {
      return files.filter(file -> file.toString().endsWith(".tar.xz")).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("kept")
  void an_older_data_folder_is_opened_and_goes_on(Path archive) throws Exception {
    unpack(archive);
    var data = folder.resolve("data");
    var config = folder.resolve("config.yaml").toString();

    try (var muster = MusterProcess.up(data, "--config", config)) {
      var api = muster.api();
      var histories = histories();
      assertThat(histories).hasSize(6);
      for (var id : histories.keySet()) {
        assertThat(api.history(id)).startsWith(histories.get(id));
        assertShowsItsHistory(api, id);
        assertGoesOn(api, data, id);
      }
      assertThat(HostProcess.of(data)).isEmpty();
    }
  }

  /** At a moment when nothing happens between the two looks: its processes are found to be gone. */
  private static void assertShowsItsHistory(Api api, String id) {
    await()
        .untilAsserted(
            () -> {
              var state = new Histories(api).stateOf(id);
              var shown = api.get("/api/instances/" + id).json();
              assertThat(shown.get("status").asString()).isEqualTo(state.status().toString());
              assertThat(shown.get("version").asLong()).isEqualTo(state.version());
            });
  }

  /** Its processes ended with the machine they ran on, so the instances start anew. */
  private static void assertGoesOn(Api api, Path data, String id) throws Exception {
    var path = "/api/instances/" + id;
    switch (api.get(path).json().get("name").asString()) {
      case "running", "paused" -> {
        assertRestarts(api, path);
        assertThat(HostProcess.mainsOf(data, id)).hasSize(1);
      }
      case "simulated", "busy" -> assertRestarts(api, path);
      case "refused" -> assertThat(api.statusOf(id)).isEqualTo("error");
      case "stopped" -> assertThat(api.statusOf(id)).isEqualTo("stopped");
      case String other -> throw new AssertionError(other);
    }
    assertThat(api.delete(path).status()).isEqualTo(204);
  }

  private static void assertRestarts(Api api, String path) throws Exception {
    assertThat(api.post(path + "/restart", "").body()).isEqualTo("{\"status\":\"restarted\"}");
  }

  private Map<String, JsonNode[]> histories() throws IOException {
    var all = new TreeMap<String, JsonNode[]>();
    try (var files = Files.list(folder.resolve("histories"))) {
      for (var file : files.toList()) {
        var rows = Api.JSON.readTree(Files.readString(file));
        all.put(
            file.getFileName().toString().replace(".json", ""),
            StreamSupport.stream(rows.spliterator(), false).toArray(JsonNode[]::new));
      }
    }
    return all;
  }

  private void unpack(Path archive) throws Exception {
    var tar =
        new ProcessBuilder("tar", "-xf", "-")
            .directory(folder.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (var content = new XZInputStream(Files.newInputStream(archive));
        var input = tar.getOutputStream()) {
      content.transferTo(input);
    }
    assertThat(tar.waitFor()).isZero();
  }
}
