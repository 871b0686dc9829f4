package dev.muster.query.fleet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.events.codec.Json;
import dev.muster.events.host.HostAnnouncement;
import dev.muster.events.kafka.Topics;
import dev.muster.events.view.Rfc3339;
import dev.muster.events.worker.WorkerReport;
import dev.muster.infrastructure.TestServers;
import dev.muster.query.QuerySide;
import dev.muster.query.RunningQueryService;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Workers, hosts and regions, from their topics to HTTP. */
class FleetTest {

  @RegisterExtension static final QuerySide SIDE = new QuerySide("fleet", 1);

  private static final Instant STARTED = Instant.parse("2026-03-14T10:00:00.123456Z");

  @Test
  void a_worker_is_shown_as_it_last_reported() {
    var name = fresh("worker");
    var now = Instant.now();
    report(name, 3, now);

    assertThat(awaitWorker(name, 3).toString())
        .isEqualTo(
            ("{'name':'%s','version':'1.2.0','regions':['eu-west-1','us-east-1'],'partitions':3,"
                 + "'tasks_in_hand':2,'lag_events':17,'lag_seconds':1.5,'draining':true,"
                 + "'started_at':'2026-03-14T10:00:00.123456Z','last_seen':'%s','alive':true,'clock_skew_ms':-7}")
                .replace('\'', '"')
                .formatted(name, shown(now)));

    report(name, 4, now.plusSeconds(2));
    assertThat(awaitWorker(name, 4)).isNotNull();
  }

  @Test
  void a_worker_that_falls_silent_is_dead_after_a_while_and_forgotten_later() {
    var fine = fresh("worker");
    var silent = fresh("worker");
    var longGone = fresh("worker");
    report(longGone, 1, Instant.now().minus(Duration.ofMinutes(10)));
    report(silent, 1, Instant.now().minusSeconds(10));
    report(fine, 1, Instant.now());

    awaitWorker(fine, 1);
    assertThat(worker(fine).orElseThrow().path("alive").asBoolean()).isTrue();
    assertThat(worker(silent).orElseThrow().path("alive").asBoolean()).isFalse();
    assertThat(worker(longGone)).isEmpty();
  }

  @Test
  void a_worker_that_takes_its_report_back_is_gone_at_once() {
    var name = fresh("worker");
    report(name, 1, Instant.now());
    awaitWorker(name, 1);

    SIDE.topic().raw(Topics.WORKERS, name, null);

    await().until(() -> worker(name).isEmpty());
  }

  @Test
  void workers_come_in_the_order_of_their_names() {
    var first = "a-" + fresh("worker");
    var last = "z-" + fresh("worker");
    report(last, 1, Instant.now());
    report(first, 1, Instant.now());

    awaitWorker(first, 1);
    assertThat(names("/api/workers")).isSorted().contains(first, last);
  }

  @Test
  void hosts_are_shown_and_add_up_to_regions() {
    var region = fresh("region");
    var at = Instant.now();
    announce(
        new HostAnnouncement(
            "b-" + region,
            region,
            "docker",
            7,
            "w2",
            at,
            List.of("image"),
            "namespace",
            null,
            true));
    announce(new HostAnnouncement("a-" + region, region, "process", 2_000_000_000, "w1", at, null));
    announce(
        new HostAnnouncement("a2-" + region, region, "process", 2_000_000_000, "w1", at, null));

    await().until(() -> names("/api/hosts").contains("a2-" + region));
    assertThat(named("/api/hosts", "b-" + region).orElseThrow().toString())
        .isEqualTo(
            ("{'name':'b-%s','region':'%s','driver':'docker','capacity':7,'worker':'w2',"
                 + "'last_seen':'%s','status':'away','capabilities':['image'],'isolation':'namespace',"
                 + "'cordoned':true}")
                .replace('\'', '"')
                .formatted(region, region, shown(at)));
    assertThat(named("/api/regions", region).orElseThrow().toString())
        .isEqualTo(
            "{'name':'%s','hosts':3,'capacity':4000000007,'workers':0}"
                .replace('\'', '"')
                .formatted(region));
    assertThat(names("/api/hosts")).isSorted();
    assertThat(names("/api/regions")).isSorted();
  }

  @Test
  void a_host_without_a_live_worker_is_away_and_its_region_has_nobody_who_acts() {
    var region = fresh("region");
    var host = "h-" + region;
    announce(new HostAnnouncement(host, region, "process", 1, "w1", Instant.now(), null));
    reportFor(region, false, Instant.now());

    await().until(() -> status(host).equals("ready"));
    assertThat(acting(region)).isEqualTo(1);

    reportFor(region, true, Instant.now());
    await().until(() -> acting(region) == 0);
    assertThat(status(host)).isEqualTo("ready");

    reportFor(region, false, Instant.now().minusSeconds(10));
    await().until(() -> status(host).equals("away"));
    assertThat(acting(region)).isZero();
  }

  @Test
  void a_host_that_is_announced_no_more_is_away_and_then_gone() {
    var region = fresh("region");
    reportFor(region, false, Instant.now());
    var away =
        new HostAnnouncement(
            "away-" + region, region, "process", 1, "w1", Instant.now().minusSeconds(90), null);
    announce(
        new HostAnnouncement(
            "gone-" + region, region, "process", 1, "w1", Instant.now().minusSeconds(600), null));
    announce(away);

    await().until(() -> names("/api/hosts").contains(away.name()));
    assertThat(status(away.name())).isEqualTo("away");
    assertThat(names("/api/hosts")).doesNotContain("gone-" + region);
  }

  private static String status(String host) {
    return named("/api/hosts", host).map(found -> found.path("status").asString()).orElse("");
  }

  private static long acting(String region) {
    return named("/api/regions", region).orElseThrow().path("workers").asLong();
  }

  private static void reportFor(String region, boolean draining, Instant at) {
    var name = "w-" + region;
    var report =
        new WorkerReport(
            name, "i", "1", List.of(region), 1, 0, 0, 0, draining, null, STARTED, at, null);
    SIDE.topic().raw(Topics.WORKERS, name, Json.write(report));
  }

  @Test
  void a_host_that_is_taken_back_leaves_its_region() {
    var region = fresh("region");
    announce(new HostAnnouncement(region, region, "process", 1, "w1", Instant.now(), null));
    await().until(() -> names("/api/regions").contains(region));

    SIDE.topic().raw(Topics.HOSTS, region, null);

    await().until(() -> !names("/api/regions").contains(region));
    assertThat(names("/api/hosts")).doesNotContain(region);
  }

  @Test
  void fields_of_a_newer_version_are_ignored() {
    var worker = fresh("worker");
    var host = fresh("host");
    SIDE.topic().raw(Topics.WORKERS, worker, newer(Json.write(reportOf(worker, 9, Instant.now()))));
    SIDE.topic()
        .raw(
            Topics.HOSTS,
            host,
            newer(
                Json.write(
                    new HostAnnouncement(host, "newer", "process", 1, "w1", Instant.now(), null))));

    awaitWorker(worker, 9);
    await().until(() -> names("/api/hosts").contains(host));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "not json",
        "null",
        "[]",
        "{}",
        "{\"name\":7}",
        "{\"name\":\"w\",\"incarnation\":\"i\",\"version\":\"1\",\"regions\":[null],\"partitions\":1,"
            + "\"tasks_in_hand\":0,\"lag_events\":0,\"lag_seconds\":0,\"draining\":false,"
            + "\"started_at\":\"2026-03-14T10:00:00Z\",\"at\":\"2026-03-14T10:00:00Z\"}",
      })
  void what_cannot_be_read_is_left_out_and_the_next_record_counts(String broken) {
    var worker = fresh("worker");
    var host = fresh("host");
    SIDE.topic().raw(Topics.WORKERS, worker, broken.getBytes(UTF_8));
    SIDE.topic().raw(Topics.HOSTS, host, broken.getBytes(UTF_8));
    var next = fresh("worker");
    report(next, 1, Instant.now());
    announce(new HostAnnouncement(next, "next", "process", 1, "w1", Instant.now(), null));

    awaitWorker(next, 1);
    await().until(() -> names("/api/hosts").contains(next));
    assertThat(worker(worker)).isEmpty();
    assertThat(names("/api/hosts")).doesNotContain(host);
  }

  @Test
  void a_service_is_ready_only_with_what_was_there_before_it() {
    var name = fresh("worker");
    report(name, 1, Instant.now());
    var servers = TestServers.shared();

    try (var late = RunningQueryService.start(servers.kafka(), servers.mongoUri("fleet"))) {
      late.awaitReady();
      assertThat(late.get("/api/workers").body()).contains(name);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "POST,/api/workers",
    "DELETE,/api/hosts",
    "PUT,/api/regions",
    "PUT,/api/dead-letters"
  })
  void other_methods_are_not_allowed(String method, String path) {
    assertThat(SIDE.service().send(method, path).statusCode()).isEqualTo(405);
  }

  private static WorkerReport reportOf(String name, int partitions, Instant at) {
    return new WorkerReport(
        name,
        "inc_1",
        "1.2.0",
        List.of("eu-west-1", "us-east-1"),
        partitions,
        2,
        17,
        1.5,
        true,
        null,
        STARTED,
        at,
        -7L);
  }

  private static void report(String name, int partitions, Instant at) {
    SIDE.topic().raw(Topics.WORKERS, name, Json.write(reportOf(name, partitions, at)));
  }

  private static void announce(HostAnnouncement host) {
    SIDE.topic().raw(Topics.HOSTS, host.name(), Json.write(host));
  }

  private static byte[] newer(byte[] json) {
    return new String(json, UTF_8).replaceFirst("\\{", "{\"zone\":{\"a\":[1]},").getBytes(UTF_8);
  }

  private static JsonNode awaitWorker(String name, int partitions) {
    await()
        .until(
            () -> worker(name).filter(w -> w.path("partitions").asInt() == partitions).isPresent());
    return worker(name).orElseThrow();
  }

  private static Optional<JsonNode> worker(String name) {
    return named("/api/workers", name);
  }

  private static Optional<JsonNode> named(String path, String name) {
    return StreamSupport.stream(SIDE.service().json(path).spliterator(), false)
        .filter(found -> found.path("name").asString().equals(name))
        .findFirst();
  }

  private static List<String> names(String path) {
    return StreamSupport.stream(SIDE.service().json(path).spliterator(), false)
        .map(found -> found.path("name").asString())
        .toList();
  }

  private static String shown(Instant at) {
    return Rfc3339.of(at);
  }

  private static String fresh(String kind) {
    return kind + "-" + UUID.randomUUID();
  }
}
