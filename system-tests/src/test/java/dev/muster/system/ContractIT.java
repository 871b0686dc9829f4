package dev.muster.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every call of the contract, with all that it takes; {@link Api} holds the answers to it. */
class ContractIT {

  private static final String EVERYTHING =
      """
      {"name": "all-fields", "region": "us-east-1", "image": null, "command": ["sleep", "600"],
       "env": {"A": "1"}, "cpus": null, "memory_mb": null, "restart_policy": "on-failure"}\
      """;

  @TempDir static Path data;
  private static MusterProcess muster;
  private static Api api;

  @BeforeAll
  static void up() throws IOException {
    muster = MusterProcess.up(data);
    api = muster.api();
  }

  @AfterAll
  static void down() throws Exception {
    muster.close();
  }

  @Test
  void every_call_is_answered_as_it_says() throws Exception {
    withoutAKey();
    var instance = "/api/instances/" + readInstance();
    changeInstance(instance);
    refuse(instance);
    api.get("/api/dead-letters?limit=1");
    assertThat(api.post("/api/dead-letters/none/retry", "").status()).isEqualTo(404);
    assertThat(api.delete("/api/dead-letters/none").status()).isEqualTo(404);
    keys();
    audit(instance);
    fleet();

    assertThat(Contract.OF_THIS_BUILD.calls())
        .as("calls of openapi.json that nothing here makes; make them")
        .allMatch(Contract.OF_THIS_BUILD::wasMade);
  }

  private static void withoutAKey() throws Exception {
    var stranger = new Api(muster.port(), "");
    assertThat(stranger.get("/healthz").status()).isEqualTo(200);
    var etag = stranger.get("/openapi.json").header("ETag");
    assertThat(stranger.get("/openapi.json", "If-None-Match", etag).status()).isEqualTo(304);
    assertThat(stranger.send("HEAD", "/openapi.json", "").status()).isEqualTo(200);
  }

  private static String readInstance() throws Exception {
    var id =
        api.post("/api/instances", EVERYTHING, "Prefer", "wait=30").json().get("id").asString();
    var instance = "/api/instances/" + id;
    assertThat(api.get("/api/instances?status=all&region=us-east-1&name=all&limit=1").json())
        .hasSize(1);
    api.get(instance + "?version=1");
    api.get(instance + "?as_of=" + api.get(instance).json().get("updated_at"));
    api.get(instance + "?wait_for=running&timeout=30");
    api.get(instance + "/health");
    api.get(instance + "/logs?tail=10&follow=false&since=2026-01-01T00:00:00Z");
    api.get(instance + "/logs", "Accept", "text/event-stream", "Last-Event-ID", "0");
    await().atMost(Duration.ofSeconds(30)).until(() -> api.get(instance + "/ssh").status() == 200);
    assertThat(api.get(instance + "/history?limit=1").header("Link")).isNotEmpty();
    var operation = api.history(id).getFirst().get("operation_id").asString();
    assertThat(api.get("/api/operations/" + operation).status()).isEqualTo(200);
    return id;
  }

  private static void changeInstance(String instance) throws Exception {
    var etag = api.get(instance).header("ETag");
    assertThat(api.post(instance + "/pause", "", "If-Match", etag).status()).isEqualTo(200);
    assertThat(api.post(instance + "/resume", "", "Prefer", "wait=30").status()).isEqualTo(200);
    assertThat(api.post(instance + "/restart", "", "Idempotency-Key", "k").status()).isEqualTo(200);
    assertThat(
            api.post(instance + "/restart", "", "Idempotency-Key", "k")
                .header("Idempotent-Replayed"))
        .isEqualTo("true");
    var other = api.post("/api/instances", "", "Prefer", "respond-async").json().get("id");
    api.awaitStatus(other.asString(), "running");
    var deletion = api.send("DELETE", "/api/instances/" + other.asString(), "", "Prefer", "wait=0");
    assertThat(deletion.status()).isEqualTo(202);
    api.get(deletion.header("Location"));
  }

  private static void refuse(String instance) throws Exception {
    assertThat(api.post(instance + "/pause", "", "If-Match", "\"1\"").status()).isEqualTo(412);
    assertThat(api.post(instance + "/pause", "", "Idempotency-Key", "k").status()).isEqualTo(422);
    assertThat(api.post(instance + "/pause", "", "Prefer", "wait=61").status()).isEqualTo(400);
    assertThat(api.get(instance + "?wait_for=stopped&timeout=1").status()).isEqualTo(408);
    assertThat(api.delete(instance).status()).isEqualTo(204);
    assertThat(api.post(instance + "/resume", "").status()).isEqualTo(409);
    assertThat(api.post("/api/instances", "{\"image\": \"a:1\"}").status()).isEqualTo(400);
    var noProgram = "{\"command\": [\"/no/such/program\"]}";
    var failed = api.post("/api/instances", noProgram, "Prefer", "wait=30");
    assertThat(failed.status()).isEqualTo(502);
  }

  private static void keys() throws Exception {
    var issue =
        "{\"name\": \"ci\", \"scopes\": [\"read\"], \"expires_at\": \"2999-01-01T00:00:00Z\"}";
    var issued = api.post("/api/keys", issue, "Idempotency-Key", "key");
    assertThat(issued.status()).isEqualTo(201);
    assertThat(api.post("/api/keys", issue, "Idempotency-Key", "key").json().get("key").isNull())
        .isTrue();
    var id = issued.json().get("id").asString();
    var replacing = "{\"replaces\": \"%s\", \"overlap_secs\": 60}".formatted(id);
    assertThat(api.post("/api/keys", replacing).status()).isEqualTo(201);
    assertThat(api.post("/api/keys", replacing).status()).isEqualTo(409);
    assertThat(api.post("/api/keys", "{}").status()).isEqualTo(400);
    assertThat(api.get("/api/keys?limit=1").header("Link")).isNotEmpty();
    var reader = new Api(muster.port(), issued.json().get("key").asString());
    assertThat(reader.get("/api/keys").status()).isEqualTo(403);
    assertThat(api.delete("/api/keys/" + id).status()).isEqualTo(204);
    assertThat(api.delete("/api/keys/key_00000000").status()).isEqualTo(404);
  }

  private static void audit(String instance) throws Exception {
    var page = api.get("/api/audit/events?limit=1&type=CreationRequested&actor=admin");
    assertThat(page.header("Link")).isNotEmpty();
    var id = instance.substring(instance.lastIndexOf('/') + 1);
    assertThat(api.get("/api/audit/events?from=1&to=99999999999&instance_id=" + id).json())
        .isNotEmpty();
    for (var lines : List.of("application/x-ndjson", "text/csv")) {
      assertThat(api.get("/api/audit/events", "Accept", lines).status()).isEqualTo(200);
    }
    new Auditor(api).check();
    assertThat(api.get("/api/audit/proof?index=1").json().get("hashes")).isNotEmpty();
    assertThat(api.get("/api/audit/proof?index=1", "Accept", "text/plain").body())
        .startsWith("c2sp.org/tlog-proof@v1\nindex 1\n");
    assertThat(api.get("/api/audit/proof?from=1&size=2").json().get("hashes")).hasSize(1);
    assertThat(api.get("/api/audit/tile/0/000.p/1").status()).isEqualTo(200);
    assertThat(api.get("/api/audit/tile/entries/x001/000").status()).isEqualTo(404);
  }

  private static void fleet() throws Exception {
    assertThat(api.get("/api/regions").json()).isNotEmpty();
    assertThat(api.get("/api/hosts").json()).isNotEmpty();
    var worker = api.get("/api/workers").json().get(0).get("name").asString();
    assertThat(api.post("/api/workers/none/drain", "").status()).isEqualTo(404);
    assertThat(
            api.post("/api/workers/" + worker + "/drain", "", "X-Request-Id", "drain-1").status())
        .isEqualTo(202);
    assertThat(api.post("/api/workers/" + worker + "/resume", "").status()).isEqualTo(202);
    var host = api.get("/api/hosts").json().get(0).get("name").asString();
    assertThat(api.post("/api/hosts/none/cordon", "").status()).isEqualTo(404);
    assertThat(api.post("/api/hosts/" + host + "/cordon", "").status()).isEqualTo(202);
    assertThat(api.post("/api/hosts/" + host + "/uncordon", "").status()).isEqualTo(202);
    assertThat(api.get("/api/audit/events?type=DrainRequested").json())
        .singleElement()
        .satisfies(event -> assertThat(event.get("request_id").asString()).isEqualTo("drain-1"));
  }
}
