package dev.muster.cli.help;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.cli.Exit;
import dev.muster.cli.Failure;
import dev.muster.cli.Version;
import dev.muster.cli.api.Api;
import dev.muster.cli.api.Call;
import dev.muster.cli.output.JsonText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What others need to help: what was found, and what the platform is made of; no secrets. */
final class Bundle {

  private static final List<String> LISTS =
      List.of("/healthz", "/api/hosts", "/api/regions", "/api/workers", "/api/dead-letters");

  /** Contents of dead letters are of instances, and may be secret. */
  private static final List<String> SECRET = List.of("value", "headers", "key");

  private Bundle() {}

  static void write(Path file, Api api, List<Finding> findings) {
    var entries = new LinkedHashMap<String, JsonNode>();
    entries.put(
        "findings.json",
        JsonText.MAPPER.createArrayNode().addAll(findings.stream().map(Finding::json).toList()));
    entries.put("program.json", program());
    for (var path : LISTS) {
      entries.put(path.substring(path.lastIndexOf('/') + 1) + ".json", list(api, path));
    }
    try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (var entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(JsonText.indented(entry.getValue()).getBytes(UTF_8));
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new Failure(Exit.FAILED, "%s cannot be written: %s".formatted(file, e.getMessage()));
    }
  }

  private static JsonNode program() {
    return JsonText.MAPPER
        .createObjectNode()
        .put("version", Version.text())
        .put("java", Runtime.version().toString())
        .put("os", System.getProperty("os.name") + " " + System.getProperty("os.version"))
        .put("arch", System.getProperty("os.arch"));
  }

  private static JsonNode list(Api api, String path) {
    try {
      var answer = api.sendAnyway(Call.get(path)).json();
      answer.forEach(
          row -> {
            if (path.endsWith("dead-letters") && row instanceof ObjectNode letter) {
              letter.remove(SECRET);
            }
          });
      return answer;
    } catch (Failure e) {
      return JsonText.MAPPER.createObjectNode().put("failed", e.what());
    }
  }
}
