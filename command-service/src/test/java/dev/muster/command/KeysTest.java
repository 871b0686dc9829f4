package dev.muster.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.jayway.jsonpath.JsonPath;
import dev.muster.command.eventstore.RecordedEvents;
import dev.muster.events.access.ApiKeyEvent;
import dev.muster.events.access.ApiKeyEvent.KeyUsedFrom;
import dev.muster.events.codec.ApiKeyEventCodec;
import dev.muster.web.key.PresentedKey;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** API keys at two replicas on one event store. */
class KeysTest {

  @RegisterExtension static final CommandSide SIDE = new CommandSide(2);

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String READER = "{\"name\":\"ci\",\"scopes\":[\"read\"]}";

  @Test
  void a_key_is_shown_once_and_opens_at_every_replica_at_once() {
    var answer =
        issue("{\"name\":\"ci\",\"scopes\":[\"operate\"],\"expires_at\":\"2999-01-01T00:00:00Z\"}");

    assertThat(answer.statusCode()).isEqualTo(201);
    var key = text(answer, "$.key");
    assertThat(new PresentedKey(key).isWellFormed()).isTrue();
    assertThat(text(answer, "$.id")).isEqualTo(new PresentedKey(key).id());
    assertThat(text(answer, "$.status")).isEqualTo("active");
    assertThat(text(answer, "$.expires_at")).isEqualTo("2999-01-01T00:00:00.000000Z");
    assertThat(JsonPath.<List<String>>read(answer.body(), "$.scopes")).containsExactly("operate");
    assertThat(answer.headers().firstValue("Location")).contains("/api/keys/" + id(answer));
    assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(answer.headers().firstValue("Read-Side")).isEmpty();
    assertThat(SIDE.service().as(key, "POST", "/api/instances").statusCode()).isEqualTo(201);
    assertThat(SIDE.another().as(key, "POST", "/api/instances").statusCode()).isEqualTo(201);
  }

  @ParameterizedTest
  @CsvSource({
    "read, POST, /api/instances, 403",
    "audit, POST, /api/instances, 403",
    "read, DELETE, /api/instances/inst_00000000000000000000000000, 403",
    "read, POST, /api/workers/w1/drain, 403",
    "read, POST, /api/workers/w1/resume, 403",
    "audit, POST, /api/dead-letters/x/retry, 403",
    "read, DELETE, /api/dead-letters/x, 403",
    "operate, POST, /api/keys, 403",
    "operate, DELETE, /api/keys/key_00000000, 403",
    "operate, DELETE, /api/instances/inst_00000000000000000000000000, 404",
    "admin, DELETE, /api/instances/inst_00000000000000000000000000, 404",
  })
  void a_key_does_what_its_scope_allows(String scope, String method, String path, int status) {
    var key = text(issue("{\"name\":\"k\",\"scopes\":[\"%s\"]}".formatted(scope)), "$.key");

    var answer = SIDE.service().as(key, method, path);

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(text(answer, "$.type"))
        .isEqualTo(status == 403 ? "/problems/forbidden" : "/problems/not-found");
  }

  @Test
  void a_revoked_key_opens_nowhere_any_more() {
    var issued = issue("{\"name\":\"k\",\"scopes\":[\"operate\"]}");
    var key = text(issued, "$.key");

    assertThat(SIDE.another().delete("/api/keys/" + id(issued)).statusCode()).isEqualTo(204);

    assertThat(SIDE.another().as(key, "POST", "/api/instances").statusCode()).isEqualTo(401);
    await()
        .atMost(PATIENCE)
        .until(() -> SIDE.service().as(key, "POST", "/api/instances").statusCode() == 401);
  }

  @Test
  void revoking_twice_is_204_again_and_recorded_once() {
    var id = id(issue(READER));

    assertThat(SIDE.service().delete("/api/keys/" + id).statusCode()).isEqualTo(204);
    assertThat(SIDE.another().delete("/api/keys/" + id).statusCode()).isEqualTo(204);

    assertThat(history(id)).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"key_00000000", "key_1", "nonsense", "inst_00000000000000000000000000"})
  void what_was_never_issued_is_404(String id) {
    var answer = SIDE.service().delete("/api/keys/" + id);

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(text(answer, "$.detail")).isEqualTo("there is no key '%s'".formatted(id));
  }

  @Test
  void the_admin_key_is_for_the_settings_to_change() {
    assertThat(SIDE.service().delete("/api/keys/key_admin").statusCode()).isEqualTo(409);
    assertThat(issue("{\"replaces\":\"key_4bCdE9zZ\"}").statusCode()).isEqualTo(404);
  }

  @Test
  void a_replaced_key_opens_beside_its_successor_until_the_overlap_ends() {
    var old = issue("{\"name\":\"deploy\",\"scopes\":[\"operate\"]}");

    var next = issue("{\"replaces\":\"%s\",\"overlap_secs\":3600}".formatted(id(old)));

    assertThat(next.statusCode()).isEqualTo(201);
    assertThat(text(next, "$.name")).isEqualTo("deploy");
    assertThat(text(next, "$.replaces")).isEqualTo(id(old));
    for (var answer : List.of(old, next)) {
      assertThat(SIDE.service().as(text(answer, "$.key"), "POST", "/api/instances").statusCode())
          .isEqualTo(201);
    }
  }

  @Test
  void without_an_overlap_the_old_key_ends_at_once() {
    var old = issue(READER);

    assertThat(issue("{\"replaces\":\"%s\",\"overlap_secs\":0}".formatted(id(old))).statusCode())
        .isEqualTo(201);

    await()
        .atMost(PATIENCE)
        .until(
            () ->
                SIDE.service().as(text(old, "$.key"), "POST", "/api/instances").statusCode()
                    == 401);
  }

  @Test
  void of_many_that_replace_one_key_one_does_and_no_stray_key_stays_good() {
    var old = id(issue(READER));
    var body = "{\"replaces\":\"%s\"}".formatted(old);

    var answers =
        IntStream.range(0, 8)
            .mapToObj(
                i ->
                    CompletableFuture.supplyAsync(
                        () ->
                            (i % 2 == 0 ? SIDE.service() : SIDE.another()).post("/api/keys", body)))
            .toList()
            .stream()
            .map(CompletableFuture::join)
            .map(HttpResponse::statusCode)
            .toList();

    assertThat(answers).containsOnlyOnce(201).containsOnly(201, 409);
    assertThat(issue(body).statusCode()).isEqualTo(409);
  }

  @Test
  void a_key_that_has_ended_is_not_replaced() {
    var old = id(issue(READER));
    SIDE.service().delete("/api/keys/" + old);

    assertThat(issue("{\"replaces\":\"%s\"}".formatted(old)).statusCode()).isEqualTo(409);
  }

  @Test
  void one_idempotency_key_issues_one_key_and_never_keeps_its_secret() {
    var first = SIDE.service().post("/api/keys", READER, "Idempotency-Key", "issue-1");
    var again = SIDE.another().post("/api/keys", READER, "Idempotency-Key", "issue-1");

    assertThat(again.statusCode()).isEqualTo(201);
    assertThat(again.headers().firstValue("Idempotent-Replayed")).contains("true");
    assertThat(id(again)).isEqualTo(id(first));
    assertThat(text(first, "$.key")).isNotNull();
    assertThat(JsonPath.<String>read(again.body(), "$.key")).isNull();
    assertThat(
            SIDE.service()
                .post(
                    "/api/keys",
                    "{\"name\":\"other\",\"scopes\":[\"read\"]}",
                    "Idempotency-Key",
                    "issue-1")
                .statusCode())
        .isEqualTo(422);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|/name|a key needs a name",
        "{}|/scopes|a key needs one or more of read, operate, audit, admin",
        "{\"name\":\"\",\"scopes\":[\"read\"]}|/name|it takes 1 to 100 characters",
        "{\"name\":7,\"scopes\":[\"read\"]}|/name|text is needed here",
        "{\"name\":\"a\\nb\",\"scopes\":[\"read\"]}|/name|it takes no control characters",
        "{\"name\":\"k\",\"scopes\":[]}|/scopes|an array of one or more of read, operate, audit,"
            + " admin is needed here",
        "{\"name\":\"k\",\"scopes\":\"read\"}|/scopes|an array of one or more of read, operate,"
            + " audit, admin is needed here",
        "{\"name\":\"k\",\"scopes\":[\"root\"]}|/scopes/0|there is no such scope; there are read,"
            + " operate, audit, admin",
        "{\"name\":\"k\",\"scopes\":[\"read\",7]}|/scopes/1|there is no such scope; there are read,"
            + " operate, audit, admin",
        "{\"name\":\"k\",\"scopes\":[\"read\",\"read\"]}|/scopes/1|it is named twice",
        "{\"name\":\"k\",\"scopes\":[\"read\"],\"expires_at\":\"soon\"}|/expires_at|a time of RFC"
            + " 3339 is needed here",
        "{\"name\":\"k\",\"scopes\":[\"read\"],\"expires_at\":4102444800}|/expires_at|a time of RFC"
            + " 3339 is needed here",
        "{\"name\":\"k\",\"scopes\":[\"read\"],\"expires_at\":\"2020-01-01T00:00:00Z\"}|/expires_at|it"
            + " is in the past",
        "{\"name\":\"k\",\"scopes\":[\"read\"],\"overlap_secs\":1}|/overlap_secs|there is an"
            + " overlap only with a key that is replaced",
        "{\"replaces\":\"key_admin\"}|/replaces|the id of a key is needed here, such as"
            + " key_4bCdE9zZ",
        "{\"replaces\":\"key_4bCdE9zZ\",\"overlap_secs\":-1}|/overlap_secs|it takes 0 to 2592000",
        "{\"replaces\":\"key_4bCdE9zZ\",\"overlap_secs\":1.5}|/overlap_secs|a whole number is"
            + " needed here",
        "{\"replaces\":\"key_4bCdE9zZ\",\"overlap_secs\":1e99}|/overlap_secs|it takes 0 to 2592000",
        "{\"name\":\"k\",\"scopes\":[\"read\"],\"secret\":\"x\"}|/secret|there is no field 'secret'"
            + " here",
        "[]|''|a JSON object is needed here",
      })
  void a_body_that_does_not_fit_is_told_where(String body, String pointer, String detail) {
    var answer = issue(body);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(text(answer, "$.type")).isEqualTo("/problems/invalid-request");
    assertThat(
            JsonPath.<List<String>>read(
                answer.body(), "$.errors[?(@.pointer == '%s')].detail".formatted(pointer)))
        .contains(detail);
  }

  @Test
  void an_address_is_recorded_when_a_key_first_comes_from_it() {
    var issued = issue("{\"name\":\"k\",\"scopes\":[\"operate\"]}");
    var key = text(issued, "$.key");

    SIDE.service().as(key, "POST", "/api/instances");
    SIDE.another().as(key, "POST", "/api/instances");

    await().atMost(PATIENCE).until(() -> history(id(issued)).size() == 2);
    assertThat(history(id(issued)).getLast())
        .isInstanceOfSatisfying(
            KeyUsedFrom.class, used -> assertThat(used.sourceIp()).isEqualTo("127.0.0.1"));
  }

  @Test
  void what_a_key_does_is_recorded_in_its_name() {
    var issued = issue("{\"name\":\"deploy bot\",\"scopes\":[\"operate\"]}");

    var created = SIDE.service().as(text(issued, "$.key"), "POST", "/api/instances");

    var first =
        SIDE.service().bean(RecordedEvents.class).after(text(created, "$.id"), 0).getFirst();
    assertThat(first.correlation().actor().id()).isEqualTo(id(issued));
    assertThat(first.correlation().actor().name()).isEqualTo("deploy bot");
  }

  @Test
  void a_replica_that_starts_later_knows_every_key() throws Exception {
    var good = issue("{\"name\":\"k\",\"scopes\":[\"operate\"]}");
    var bad = issue("{\"name\":\"k\",\"scopes\":[\"operate\"]}");
    SIDE.service().delete("/api/keys/" + id(bad));

    try (var third = RunningCommandService.start(SIDE.broker(), SIDE.database())) {
      await().atMost(PATIENCE).until(() -> third.get("/healthz").statusCode() == 200);

      assertThat(third.as(text(good, "$.key"), "POST", "/api/instances").statusCode())
          .isEqualTo(201);
      assertThat(third.as(text(bad, "$.key"), "POST", "/api/instances").statusCode())
          .isEqualTo(401);
    }
  }

  @Test
  void no_secret_is_stored() {
    var key = text(issue(READER), "$.key");
    var secret = key.substring(12);

    var stored = SIDE.service().bean(RecordedEvents.class).after(new PresentedKey(key).id(), 0);

    assertThat(stored).isNotEmpty();
    assertThat(stored)
        .noneMatch(
            event -> new String(event.encoded().data(), StandardCharsets.UTF_8).contains(secret));
  }

  private static HttpResponse<String> issue(String body) {
    return SIDE.service().post("/api/keys", body);
  }

  private static List<ApiKeyEvent> history(String keyId) {
    var codec = new ApiKeyEventCodec();
    return SIDE.service().bean(RecordedEvents.class).after(keyId, 0).stream()
        .map(event -> codec.decode(event.encoded()))
        .toList();
  }

  private static String id(HttpResponse<String> answer) {
    return text(answer, "$.id");
  }

  private static String text(HttpResponse<String> answer, String path) {
    return JsonPath.read(answer.body(), path);
  }
}
