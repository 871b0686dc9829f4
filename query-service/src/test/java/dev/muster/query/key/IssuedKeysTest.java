package dev.muster.query.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.events.access.ApiKeyEvent;
import dev.muster.events.access.ApiKeyEvent.KeyReplaced;
import dev.muster.events.access.ApiKeyEvent.KeyRevoked;
import dev.muster.events.access.ApiKeyEvent.KeyUsedFrom;
import dev.muster.events.access.Scope;
import dev.muster.events.instance.InstanceSpec;
import dev.muster.events.instance.RestartPolicy;
import dev.muster.events.kafka.Topics;
import dev.muster.infrastructure.TestServers;
import dev.muster.query.KeyStory;
import dev.muster.query.QuerySide;
import dev.muster.query.RunningQueryService;
import dev.muster.query.Story;
import dev.muster.web.key.PresentedKey;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** API keys at two replicas that know of them by their events alone. */
class IssuedKeysTest {

  @RegisterExtension static final QuerySide SIDE = new QuerySide("keys", 2);

  private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.MICROS);
  private static final AtomicLong POSITIONS = new AtomicLong();

  @Test
  void a_forged_key_lets_nobody_in_and_a_forged_instance_is_not_shown() {
    var forged = PresentedKey.generate();
    var story = Story.running("forged");
    SIDE.topic().forge(KeyStory.recorded(KeyStory.issued(forged, NOW, Scope.ADMIN), 1, 0));
    story.events().forEach(SIDE.topic()::forge);

    var rightful = issued(NOW, Scope.ADMIN);

    await().until(() -> SIDE.service().as(rightful.text(), "GET", "/api/keys").statusCode() == 200);
    assertThat(SIDE.service().as(forged.text(), "GET", "/api/keys").statusCode()).isEqualTo(401);
    await()
        .untilAsserted(
            () ->
                assertThat(SIDE.service().json("/healthz").path("alarms").toString())
                    .contains(Topics.ACCESS_EVENTS, Topics.INSTANCE_EVENTS));
    assertThat(SIDE.service().get("/api/instances/" + story.id()).statusCode()).isEqualTo(404);
    try (var again =
        RunningQueryService.start(
            TestServers.shared().kafka(), TestServers.shared().mongoUri("keys"))) {
      again.awaitReady();
    }
    SIDE.topic().tell(story);
    SIDE.service().awaitAll(story);
  }

  @ParameterizedTest
  @CsvSource({
    "READ, ***, /api/instances/<id>",
    "READ, ***, /api/instances/<id>?version=1",
    "READ, ***, /api/instances?name=secretive",
    "READ, ***, /api/instances/<id>/history",
    "AUDIT, ***, /api/instances/<id>/history",
    "AUDIT, ***, /api/instances/<id>",
    "AUDIT, ***, /api/instances?name=secretive",
    "OPERATE, hunter2, /api/instances/<id>",
    "OPERATE, hunter2, /api/instances/<id>?version=1",
    "OPERATE, hunter2, /api/instances?name=secretive",
    "OPERATE, hunter2, /api/instances/<id>/history",
    "ADMIN, hunter2, /api/instances/<id>/history",
  })
  void the_values_of_variables_are_for_those_who_may_operate(
      Scope scope, String shown, String path) {
    var env = Map.of("TOKEN", "hunter2");
    var spec =
        new InstanceSpec("secretive", "r", null, List.of(), env, null, null, RestartPolicy.NEVER);
    var story = Story.of(spec);
    SIDE.topic().tell(story);
    SIDE.service().awaitAll(story);
    var key = issued(NOW, scope);

    var body = SIDE.service().as(key.text(), "GET", path.replace("<id>", story.id())).body();

    assertThat(body).contains("\"env\":{\"TOKEN\":\"%s\"}".formatted(shown));
    assertThat(body.contains("hunter2")).isEqualTo(shown.equals("hunter2"));
  }

  @ParameterizedTest
  @CsvSource({
    "READ, /api/instances, 200",
    "OPERATE, /api/instances, 200",
    "AUDIT, /api/instances, 200",
    "AUDIT, /api/instances/inst_1, 404",
    "AUDIT, /api/operations/op_1, 404",
    "AUDIT, /api/instances/inst_1/logs, 403",
    "AUDIT, /api/instances/inst_1/history, 404",
    "AUDIT, /api/workers, 403",
    "READ, /api/instances/inst_1/ssh, 403",
    "AUDIT, /api/instances/inst_1/ssh, 403",
    "OPERATE, /api/instances/inst_1/ssh, 404",
    "READ, /api/instances/inst_1/history, 404",
    "READ, /api/dead-letters, 200",
    "READ, /api/keys, 403",
    "OPERATE, /api/keys, 403",
    "AUDIT, /api/keys, 403",
    "ADMIN, /api/keys, 200",
    "ADMIN, /api/instances, 200",
  })
  void a_key_sees_what_its_scope_allows_at_every_replica(Scope scope, String path, int status) {
    var key = issued(NOW, scope);

    assertThat(SIDE.service().as(key.text(), "GET", path).statusCode()).isEqualTo(status);
    assertThat(SIDE.another().as(key.text(), "GET", path).statusCode()).isEqualTo(status);
  }

  @Test
  void a_revoked_key_opens_nowhere_any_more() {
    var key = issued(NOW, Scope.READ);
    assertThat(SIDE.service().as(key.text(), "GET", "/api/instances").statusCode()).isEqualTo(200);

    tell(new KeyRevoked(key.id(), NOW), 2);

    for (var replica : List.of(SIDE.service(), SIDE.another())) {
      await().until(() -> replica.as(key.text(), "GET", "/api/instances").statusCode() == 401);
    }
  }

  @Test
  void the_list_shows_what_was_just_told_and_never_a_secret() {
    var old = issued(NOW.minusSeconds(5), Scope.READ, Scope.OPERATE);
    tell(new KeyReplaced(old.id(), "key_0aB1cD2e", NOW.minusSeconds(1), NOW), 2);
    tell(new KeyUsedFrom(old.id(), "2001:db8::7", NOW), 3);

    var answer = SIDE.service().get("/api/keys?limit=1000");

    assertThat(answer.headers().firstValue("Read-Side")).isEmpty();
    var shown =
        StreamSupport.stream(SIDE.service().json("/api/keys?limit=1000").spliterator(), false)
            .filter(key -> key.path("id").asString().equals(old.id()))
            .findFirst()
            .orElseThrow();
    assertThat(shown.path("scopes").toString()).isEqualTo("[\"read\",\"operate\"]");
    assertThat(shown.path("status").asString()).isEqualTo("expired");
    assertThat(shown.path("successor").asString()).isEqualTo("key_0aB1cD2e");
    assertThat(shown.path("used_from").toString()).isEqualTo("[\"2001:db8::7\"]");
    assertThat(shown.path("revoked_at").isNull()).isTrue();
    assertThat(answer.body())
        .doesNotContain(old.text().substring(12))
        .doesNotContain(HexFormat.of().formatHex(old.hash()));
  }

  @Test
  void pages_show_every_key_once_newest_first() {
    var told =
        Stream.iterate(3_000, seconds -> seconds + 1)
            .limit(7)
            .map(seconds -> issued(NOW.plusSeconds(seconds), Scope.READ).id())
            .toList();

    var seen = new ArrayList<String>();
    var next = "/api/keys?limit=3";
    while (seen.size() < told.size()) {
      var answer = SIDE.service().get(next);
      SIDE.service().idsIn(answer.body()).forEach(seen::add);
      next = answer.headers().firstValue("Link").orElseThrow().replaceAll("<(.+)>.*", "$1");
    }

    assertThat(seen.subList(0, 7)).isEqualTo(told.reversed());
  }

  @ParameterizedTest
  @ValueSource(strings = {"limit=0", "limit=x", "cursor=", "cursor=zz", "cursor=aAA", "cursor=a2I"})
  void a_page_that_cannot_be_is_400(String query) {
    assertThat(SIDE.service().status("/api/keys?" + query)).isEqualTo(400);
  }

  @Test
  void the_last_use_is_shown_whichever_replica_saw_it() {
    var key = issued(NOW, Scope.READ);

    SIDE.another().as(key.text(), "GET", "/api/instances");

    await()
        .until(
            () ->
                StreamSupport.stream(
                        SIDE.service().json("/api/keys?limit=1000").spliterator(), false)
                    .filter(shown -> shown.path("id").asString().equals(key.id()))
                    .anyMatch(shown -> !shown.path("last_used_at").isNull()));
  }

  @Test
  void an_event_that_makes_no_sense_hides_no_other() {
    SIDE.topic().raw("access-events", "key_odd00000", new byte[] {7});
    var key = issued(NOW, Scope.READ);

    assertThat(SIDE.service().as(key.text(), "GET", "/api/instances").statusCode()).isEqualTo(200);
  }

  private static PresentedKey issued(Instant at, Scope... scopes) {
    var key = PresentedKey.generate();
    tell(KeyStory.issued(key, at, scopes), 1);
    return key;
  }

  private static void tell(ApiKeyEvent event, long sequence) {
    SIDE.topic().tell(List.of(KeyStory.recorded(event, sequence, POSITIONS.incrementAndGet())));
  }
}
