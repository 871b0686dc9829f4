package dev.muster.query;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.events.health.HealthSample;
import dev.muster.events.health.HostHeartbeat;
import dev.muster.events.instance.FailureCode;
import dev.muster.events.instance.Ids;
import dev.muster.events.instance.InstanceSpec;
import dev.muster.events.instance.OperationKind;
import dev.muster.events.instance.RestartPolicy;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every GET over real HTTP, to the letter of the contract. */
class ReadApiTest {

  @RegisterExtension static final QuerySide SIDE = new QuerySide("read_api", 1);

  private static final Pattern NEXT = Pattern.compile("<(.+)>; rel=\"next\"");

  /** Unix seconds of {@link Story#BEGINNING}. */
  private static final long BEGINNING = 1773482400;

  @Test
  void an_instance_is_the_object_of_the_reference_and_what_this_platform_adds() {
    var story = told(Story.running("my-bot"));
    tellHealth(story, 12.5, Story.BEGINNING.plusSeconds(300));

    var answer = SIDE.service().get("/api/instances/" + story.id());

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(answer.headers().firstValue("ETag")).hasValue("\"2\"");
    assertThat(answer.body())
        .isEqualTo(
            ("{'id':'%s','name':'my-bot','status':'running','region':'us-east-1',"
                 + "'created_at':%d,'updated_at':%d,"
                 + "'health':{'cpu_percent':12.5,'memory_mb':256,'disk_mb':1024,"
                 + "'last_heartbeat':%d,'uptime_secs':3600,'stale':true},"
                 + "'version':2,'image':null,'command':[],'env':{},'cpus':null,"
                 + "'memory_mb':null,'disk_mb':null,'pids':null,'stop_timeout':null,'restart_policy':'never','host':'box-1','error':null,"
                 + "'exit_code':null,'ended_at':null,'labels':{},'deleted':false}")
                .replace('\'', '"')
                .formatted(story.id(), BEGINNING, BEGINNING + 1, BEGINNING + 300));
  }

  @Test
  void an_instance_shows_all_that_was_asked_for() {
    var spec =
        new InstanceSpec(
            "full",
            "eu-west-1",
            "busybox:1",
            List.of("sleep", "9"),
            Map.of("a.b", "1", "$c", "2"),
            0.5,
            64,
            null,
            null,
            90,
            RestartPolicy.ON_FAILURE,
            Map.of("tier", "web"));
    var story = told(Story.of(spec));

    var shown = SIDE.service().json("/api/instances/" + story.id());

    assertThat(shown.path("image").asString()).isEqualTo("busybox:1");
    assertThat(shown.path("command")).hasSize(2);
    assertThat(shown.path("env").toString()).isEqualTo("{\"$c\":\"2\",\"a.b\":\"1\"}");
    assertThat(shown.path("cpus").asDouble()).isEqualTo(0.5);
    assertThat(shown.path("memory_mb").asInt()).isEqualTo(64);
    assertThat(shown.path("stop_timeout").asInt()).isEqualTo(90);
    assertThat(shown.path("restart_policy").asString()).isEqualTo("on-failure");
    assertThat(shown.path("labels").toString()).isEqualTo("{\"tier\":\"web\"}");
    assertThat(shown.path("host").isNull()).isTrue();
  }

  @Test
  void what_has_done_its_work_is_stopped_with_its_exit_code_until_it_runs_again() {
    var story = told(Story.running("job").completed());
    var path = "/api/instances/" + story.id();

    var ended = SIDE.service().json(path);
    told(story.restartRequested().restarted());

    assertThat(ended.path("status").asString()).isEqualTo("stopped");
    assertThat(ended.path("exit_code").asInt(-1)).isZero();
    assertThat(ended.path("ended_at").asString()).isEqualTo("2026-03-14T10:00:02.123456Z");
    assertThat(ended.path("deleted").asBoolean(true)).isFalse();
    assertThat(ended.path("error").isNull()).isTrue();
    assertThat(SIDE.service().json(path).path("exit_code").isNull()).isTrue();
    assertThat(SIDE.service().json(path).path("ended_at").isNull()).isTrue();
  }

  @Test
  void head_answers_where_get_does() {
    var story = told(Story.running("head"));

    var answer = SIDE.service().send("HEAD", "/api/instances/" + story.id());

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("ETag")).hasValue("\"2\"");
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void before_the_first_heartbeat_every_field_of_health_is_null() {
    var story = told(Story.running("silent"));

    assertThat(SIDE.service().get("/api/instances/" + story.id() + "/health").body())
        .isEqualTo(
            "{'cpu_percent':null,'memory_mb':null,'disk_mb':null,'last_heartbeat':null,'uptime_secs':null,'stale':null}"
                .replace('\'', '"'));
    assertThat(SIDE.service().json("/api/instances/" + story.id()).path("health").isNull())
        .isTrue();
  }

  @Test
  void the_newest_heartbeat_stays_whatever_comes_after_it() {
    var story = told(Story.running("heart").pauseRequested().paused());
    tellHealth(story, 2.0, Story.BEGINNING.plusSeconds(20));
    SIDE.topic().tell(sample(story, 1.0, Story.BEGINNING.plusSeconds(10)));
    SIDE.topic().raw("instance-health", story.id(), "not json".getBytes(UTF_8));
    tellHealth(story, 3.0, Story.BEGINNING.plusSeconds(30));

    var health = SIDE.service().json("/api/instances/" + story.id() + "/health");

    assertThat(health.path("cpu_percent").asDouble()).isEqualTo(3.0);
    assertThat(health.path("last_heartbeat").asLong()).isEqualTo(BEGINNING + 30);
    assertThat(health.path("uptime_secs").asLong()).isEqualTo(3600);
  }

  @Test
  void the_list_is_a_bare_array_newest_first_without_the_deleted() {
    var region = "list-1";
    var first = told(in(region, "first"));
    var deleted = told(in(region, "deleted").started().deletionRequested().terminated());
    var completed = told(in(region, "completed").started().completed());
    var last = told(in(region, "last").started());

    assertThat(ids("/api/instances?region=" + region))
        .containsExactly(last.id(), completed.id(), first.id());
    assertThat(ids("/api/instances?status=all&region=" + region))
        .containsExactly(last.id(), completed.id(), deleted.id(), first.id());
    assertThat(ids("/api/instances?status=stopped&region=" + region))
        .containsExactly(completed.id(), deleted.id());
    assertThat(ids("/api/instances?status=running&region=" + region)).containsExactly(last.id());
    assertThat(ids("/api/instances?region=nowhere")).isEmpty();
  }

  @Test
  void a_name_is_a_literal_prefix() {
    var dots = told(Story.named("pre.fix-1"));
    told(Story.named("preXfix-2"));
    var umlaut = told(Story.named("zürich \uD83D\uDE00 1"));

    assertThat(ids("/api/instances?name=pre.f")).containsExactly(dots.id());
    assertThat(ids("/api/instances?name=z%C3%BCrich%20%F0%9F%98%80")).containsExactly(umlaut.id());
    assertThat(ids("/api/instances?name=.*")).isEmpty();
  }

  @Test
  void pages_of_the_list_join_without_a_seam_and_keep_the_filters() {
    var region = "paged-1";
    var expected = new ArrayList<String>();
    for (int i = 0; i < 7; i++) {
      expected.addFirst(told(in(region, "page & = " + i)).id());
    }

    var pages = pages("/api/instances?limit=3&name=page+%26%20=&region=" + region);

    assertThat(pages).hasSize(3);
    assertThat(pages.stream().flatMap(page -> SIDE.service().idsIn(page).stream()))
        .containsExactlyElementsOf(expected);
  }

  @Test
  void a_history_is_every_event_as_it_was_stored() {
    var story = told(Story.running("past"));
    var stored = new String(story.last().encoded().data(), UTF_8);
    var operation = Objects.requireNonNull(story.state().run()).id();

    var history = SIDE.service().json("/api/instances/" + story.id() + "/history");

    assertThat(history).hasSize(2);
    assertThat(history.get(1).toString())
        .isEqualTo(
            ("{'sequence':2,'type':'InstanceStarted','occurred_at':'2026-03-14T10:00:01.123456Z',"
                    + "'actor':{'id':'key_1','name':'alice'},'request_id':'req_7',"
                    + "'operation_id':'%s','source_ip':'192.0.2.1','data':%s}")
                .replace('\'', '"')
                .formatted(operation, stored));
  }

  @Test
  void pages_of_a_history_join_without_a_seam() {
    var story = Story.running("long");
    for (int i = 0; i < 4; i++) {
      story.pauseRequested().paused().resumeRequested().resumed();
    }
    told(story);

    var pages = pages("/api/instances/" + story.id() + "/history?limit=5");

    assertThat(pages).hasSize(4);
    assertThat(pages.stream().flatMap(page -> SIDE.service().sequencesIn(page).stream()))
        .containsExactlyElementsOf(story.events().stream().map(e -> e.sequence()).toList());
  }

  @Test
  void an_operation_is_told_with_its_times() {
    var story = Story.running("asked").pauseRequested();
    var operation = story.inFlight();
    told(story.failed(OperationKind.PAUSE, FailureCode.REFUSED, "no such process"));

    assertThat(SIDE.service().get("/api/operations/" + operation).body())
        .isEqualTo(
            ("{'id':'%s','instance_id':'%s','kind':'pause','status':'failed',"
                    + "'requested_at':'2026-03-14T10:00:02.123456Z',"
                    + "'finished_at':'2026-03-14T10:00:03.123456Z','error':'no such process'}")
                .replace('\'', '"')
                .formatted(operation, story.id()));
  }

  @Test
  void an_instance_can_be_seen_as_it_was() {
    var story = told(Story.running("was").pauseRequested().paused());
    var path = "/api/instances/" + story.id();

    assertThat(SIDE.service().json(path + "?version=1").path("status").asString())
        .isEqualTo("creating");
    assertThat(SIDE.service().get(path + "?version=2").headers().firstValue("ETag"))
        .hasValue("\"2\"");
    assertThat(SIDE.service().json(path + "?version=4").path("status").asString())
        .isEqualTo("paused");
    assertThat(SIDE.service().status(path + "?version=5")).isEqualTo(404);
    assertThat(SIDE.service().json(path + "?as_of=" + BEGINNING).path("version").asLong())
        .isEqualTo(1);
    assertThat(
            SIDE.service()
                .json(path + "?as_of=2026-03-14T11:00:01.2%2B01:00")
                .path("version")
                .asLong())
        .isEqualTo(2);
    assertThat(
            SIDE.service()
                .json(path + "?as_of=2026-03-14T11:00:01.2+01:00")
                .path("version")
                .asLong())
        .isEqualTo(2);
  }

  @Test
  void who_has_this_version_is_not_sent_it_again() {
    var path = "/api/instances/" + told(Story.running("known")).id();

    for (var known : List.of("\"2\"", "W/\"2\"", "\"1\", \"2\"", "*")) {
      var answer = SIDE.service().send("GET", path, "If-None-Match", known);
      assertThat(answer.statusCode()).as(known).isEqualTo(304);
      assertThat(answer.body()).isEmpty();
      assertThat(answer.headers().firstValue("ETag")).hasValue("\"2\"");
    }
    assertThat(SIDE.service().send("GET", path, "If-None-Match", "\"1\"").statusCode())
        .isEqualTo(200);
  }

  @Test
  void health_is_stale_when_its_run_is_over_or_no_heartbeat_comes() {
    var now = Instant.now();
    var alive = told(Story.running("alive"));
    SIDE.topic().tell(sampleOfRun(alive, now));
    var silent = told(Story.running("silent"));
    SIDE.topic().tell(sampleOfRun(silent, now.minusSeconds(90)));
    var ended = told(Story.running("ended").deletionRequested().terminated());
    SIDE.topic().tell(sampleOfRun(ended, now));

    Awaitility.await()
        .untilAsserted(
            () -> {
              assertThat(stale(alive)).isEqualTo("false");
              assertThat(stale(silent)).isEqualTo("true");
              assertThat(stale(ended)).isEqualTo("true");
            });
  }

  @Test
  void an_instance_lives_as_long_as_its_host_is_looked_at() {
    var now = Instant.now();
    var host = "lab-" + Ids.newEvent();
    var story = told(Story.running("quiet"));
    SIDE.topic().tell(sampleOfRun(story, now.minusSeconds(300)).withHost(host));

    SIDE.topic().tell(new HostHeartbeat(host, now.minusSeconds(600), now));

    Awaitility.await().untilAsserted(() -> assertThat(stale(story)).isEqualTo("false"));
    var health = SIDE.service().json("/api/instances/" + story.id() + "/health");
    assertThat(health.path("last_heartbeat").asLong()).isEqualTo(now.getEpochSecond());
    assertThat(health.path("uptime_secs").asLong()).isEqualTo(3900);
  }

  private static HealthSample sampleOfRun(Story story, Instant at) {
    return new HealthSample(story.id(), story.operations().getFirst(), 1, 256, 1024, at, 3600);
  }

  private static String stale(Story story) {
    return SIDE.service().json("/api/instances/" + story.id() + "/health").path("stale").asString();
  }

  @Test
  void what_it_never_was_is_refused_with_what_there_is() {
    var story = told(Story.running("short"));
    var path = "/api/instances/" + story.id();

    assertThat(SIDE.service().json(path + "?version=3").path("detail").asString())
        .isEqualTo("instance '%s' has the versions 1 to 2, and no version 3", story.id());
    assertThat(SIDE.service().json(path + "?as_of=2026-03-14T10:00:00Z").path("detail").asString())
        .isEqualTo(
            "instance '%s' was created at 2026-03-14T10:00:00.123456Z; there was none at"
                + " '2026-03-14T10:00:00Z'",
            story.id());
    assertThat(SIDE.service().json(path + "?as_of=2999-01-01T00:00:00Z").path("detail").asString())
        .isEqualTo("as_of is '2999-01-01T00:00:00Z'; the future is not known");
  }

  @Test
  void the_link_to_the_next_page_leads_nowhere_else() {
    told(Story.running("page-1"));
    told(Story.running("page-2"));

    var link = SIDE.service().get("/api/instances?limit=1&name=page-").headers().firstValue("Link");

    assertThat(link.orElseThrow()).startsWith("</api/instances?limit=1&name=page-&cursor=");
  }

  @Test
  void a_parameter_that_a_route_does_not_know_is_refused_with_those_it_does() {
    assertThat(SIDE.service().json("/api/instances?subject=x").path("detail").asString())
        .isEqualTo(
            "there is no parameter 'subject' here; it takes cursor, label, limit, name, region,"
                + " status");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/instances?status=sleeping",
        "/api/instances?status=",
        "/api/instances?status=RUNNING",
        "/api/instances?limit=0",
        "/api/instances?limit=1001",
        "/api/instances?limit=ten",
        "/api/instances?limit=",
        "/api/instances?cursor=",
        "/api/instances?cursor=%21%21",
        "/api/instances?cursor=aDEy", // a place in a history
        "/api/instances/inst_1/history?limit=-1",
        "/api/instances/inst_1/history?cursor=aQ",
        "/api/instances/inst_1/history?cursor=aHh4", // no number
        "/api/instances/inst_1?as_of=yesterday",
        "/api/instances/inst_1?as_of=",
        "/api/instances/inst_1?as_of=-5",
        "/api/instances/inst_1?version=0",
        "/api/instances/inst_1?version=one",
        "/api/instances/inst_1?version=1&as_of=5",
      })
  void a_parameter_that_makes_no_sense_is_refused(String path) {
    assertProblem(SIDE.service().get(path), 400, "invalid-request");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/instances/inst_nobody",
        "/api/instances/507f1f77bcf86cd799439011",
        "/api/instances/inst_nobody/health",
        "/api/instances/inst_nobody/history",
        "/api/instances/inst_nobody?as_of=5",
        "/api/instances/inst_nobody?version=1",
        "/api/operations/op_nobody",
        "/api/instances/inst_nobody/nothing",
      })
  void what_does_not_exist_is_not_found(String path) {
    assertProblem(SIDE.service().get(path), 404, "not-found");
  }

  @ParameterizedTest
  @CsvSource({"PUT,/api/instances/inst_1", "PATCH,/api/instances", "POST,/api/operations/op_1"})
  void other_methods_are_not_allowed(String method, String path) {
    assertProblem(SIDE.service().send(method, path), 405, "method-not-allowed");
  }

  private static void assertProblem(HttpResponse<String> answer, int status, String type) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(answer.body()).contains("\"type\":\"/problems/" + type + "\"");
  }

  private static Story told(Story story) {
    SIDE.topic().tell(story);
    SIDE.service().awaitAll(story);
    return story;
  }

  @Test
  void lists_are_narrowed_by_labels_which_all_have_to_be_there() {
    var web = told(labelled(Map.of("app", "shop", "tier", "web")));
    var store = told(labelled(Map.of("app", "shop", "tier", "db", "keep", "")));
    told(labelled(Map.of("apps", "shop", "tier", "web-2")));

    assertThat(ids("/api/instances?label=app%3Dshop")).containsExactly(store.id(), web.id());
    assertThat(ids("/api/instances?label=app%3Dshop,tier%3Dweb")).containsExactly(web.id());
    assertThat(ids("/api/instances?label=app,keep")).containsExactly(store.id());
    assertThat(ids("/api/instances?label=keep%3D&status=running")).containsExactly(store.id());
    assertThat(ids("/api/instances?label=app%3Dshop&region=elsewhere")).isEmpty();
    assertThat(ids("/api/instances?label=app%3D")).isEmpty();
    var pages = pages("/api/instances?limit=1&label=app%3Dshop");
    assertThat(pages).hasSize(2);
    assertThat(pages.getLast()).contains(web.id());
  }

  private static Story labelled(Map<String, String> labels) {
    return Story.of(
            new InstanceSpec(
                "labelled",
                "us-east-1",
                null,
                List.of(),
                Map.of(),
                null,
                null,
                null,
                null,
                null,
                RestartPolicy.NEVER,
                labels))
        .started();
  }

  private static Story in(String region, String name) {
    return Story.of(InstanceSpec.bot(name, region));
  }

  private static List<String> ids(String path) {
    return SIDE.service().idsIn(SIDE.service().get(path).body());
  }

  private static List<String> pages(String path) {
    var pages = new ArrayList<String>();
    @Nullable String next = path;
    while (next != null) {
      var answer = SIDE.service().get(next);
      pages.add(answer.body());
      var link = NEXT.matcher(answer.headers().firstValue("Link").orElse(""));
      next = link.matches() ? link.group(1) : null;
    }
    return pages;
  }

  private static HealthSample sample(Story story, double cpu, Instant at) {
    return new HealthSample(story.id(), "op_run", cpu, 256, 1024, at, 3600);
  }

  private static void tellHealth(Story story, double cpu, Instant at) {
    SIDE.topic().tell(sample(story, cpu, at));
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                SIDE.service()
                        .json("/api/instances/" + story.id() + "/health")
                        .path("cpu_percent")
                        .asDouble(-1)
                    == cpu);
  }
}
