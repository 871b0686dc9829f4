package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cli.output.JsonText;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the doctor says of a platform that is not well. */
class DoctorTest {

  private FakeServer server;
  private Terminal terminal;

  @BeforeEach
  void start() throws Exception {
    server =
        new FakeServer()
            .on(
                "GET /healthz",
                503,
                "{\"status\":\"not ready\",\"missing\":{\"kafka\":\"no"
                    + " broker\"},\"alarms\":{\"records\":\"2 refused\"}}")
            .on("GET /api/regions", 200, "[]")
            .on("GET /api/keys?*", 403, "{}")
            .on("GET /api/instances?*", 200, "[]")
            .on("GET /openapi.json", 200, "{\"info\":{\"version\":\"9.9.9\"}}")
            .on("GET /api/workers", 200, "[{\"name\":\"w\",\"alive\":true,\"lag_events\":5000}]")
            .on("GET /api/hosts", 200, "[{\"name\":\"box\",\"status\":\"away\"}]")
            .on("GET /api/dead-letters?*", 200, "[{\"id\":\"1\",\"value\":\"secret\"}]")
            .on("GET /api/dead-letters", 200, "[{\"id\":\"1\",\"value\":\"secret\"}]")
            .on("GET /api/audit/events?*", 200, "[{\"leaf_index\":12}]")
            .on("GET /api/audit/checkpoint", 200, "origin\n12\nroot\n");
    terminal = Terminal.asking(server);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void each_fault_is_named_with_what_to_do() {
    assertThat(terminal.run("doctor", "-o", "json")).isEqualTo(1);

    var findings = JsonText.MAPPER.readTree(terminal.out());
    assertThat(
            findings
                .valueStream()
                .map(one -> one.get("check").asString() + " " + one.get("result").asString()))
        .contains(
            "server ok",
            "readiness failed",
            "alarms failed",
            "clock warning",
            "key ok",
            "workers warning",
            "hosts warning",
            "dead letters warning",
            "audit log failed");
    assertThat(terminal.out())
        .contains(
            "kafka: no broker",
            "2 refused",
            "w has work waiting",
            "box is away",
            "event 12 is ten seconds old");
    assertThat(findings.valueStream().filter(one -> !one.get("result").asString().equals("ok")))
        .allMatch(one -> !one.get("advice").asString().isEmpty());
  }

  @Test
  void a_bundle_has_no_contents_of_dead_letters_and_no_key(@TempDir Path folder) throws Exception {
    var file = folder.resolve("report.zip");

    terminal.run("doctor", "--bundle", file.toString());

    try (var zip = new ZipFile(file.toFile())) {
      assertThat(zip.stream()).hasSizeGreaterThan(5);
      for (var entry : zip.stream().toList()) {
        assertThat(new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8))
            .doesNotContain("secret");
      }
    }
  }

  @Test
  void no_server_is_a_finding_too() {
    server.close();

    assertThat(terminal.run("doctor")).isEqualTo(7);

    assertThat(terminal.out()).contains("server", "failed", "connection refused", "muster up");
  }

  @Test
  void a_thousand_instances_come_page_by_page() {
    var rows = new StringBuilder("[");
    for (int i = 0; i < 1000; i++) {
      rows.append(i == 0 ? "" : ",")
          .append("{\"id\":\"inst_%026d\",\"name\":\"n\",\"status\":\"running\"}".formatted(i));
    }
    server
        .on(
            "GET /api/instances?limit=1000",
            200,
            rows + "]",
            "Link",
            "</api/instances?cursor=c>; rel=\"next\"")
        .on("GET /api/instances?cursor=c", 200, "[{\"id\":\"inst_last\"}]");

    assertThat(terminal.run("list", "-o", "name")).isZero();

    assertThat(terminal.out().lines()).hasSize(1001).last().isEqualTo("inst_last");
  }
}
