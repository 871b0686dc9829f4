package dev.muster.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.jayway.jsonpath.JsonPath;
import dev.muster.events.codec.Json;
import dev.muster.events.instance.Limits;
import dev.muster.events.kafka.Topics;
import dev.muster.events.operator.OperatorEvent.DrainRequested;
import dev.muster.events.operator.OperatorEvent.WorkerResumeRequested;
import dev.muster.events.worker.DrainOrder;
import dev.muster.events.worker.WorkerReport;
import dev.muster.infrastructure.EmbeddedKafka;
import dev.muster.infrastructure.TestServers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What operators tell workers. */
class WorkersTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private static Path folder;
  private static EmbeddedKafka kafka;
  private static RestOfThePlatform rest;
  private static RunningCommandService service;
  private static TopicContent workers;
  private static TopicContent orders;

  @BeforeAll
  static void start() throws Exception {
    kafka = EmbeddedKafka.start(folder, 0);
    rest = RestOfThePlatform.start(kafka.bootstrapServers());
    workers = new TopicContent(kafka.bootstrapServers(), Topics.WORKERS);
    orders = new TopicContent(kafka.bootstrapServers(), Topics.WORKER_ORDERS);
    rest.announce("long-gone", "gone-1", null, Instant.now().minusSeconds(601));
    report("old", Instant.now().minusSeconds(31));
    service =
        RunningCommandService.start(
            kafka.bootstrapServers(), TestServers.shared().postgres().newDatabase());
    await().atMost(PATIENCE).until(() -> service.get("/healthz").statusCode() == 200);
  }

  @AfterAll
  static void stop() throws Exception {
    service.close();
    rest.close();
    kafka.close();
  }

  @Test
  void a_worker_that_reports_itself_is_told_to_drain_and_who_wants_it() throws Exception {
    report("w1", Instant.now());

    var answer = await().atMost(PATIENCE).until(() -> drain("w1"), it -> it.statusCode() != 404);

    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(answer.body()).isEqualTo("{\"worker\":\"w1\",\"status\":\"draining\"}");
    var order = Json.read(orders.of("w1").orElseThrow(), DrainOrder.class);
    assertThat(order.worker()).isEqualTo("w1");
    assertThat(order.requestedBy()).isEqualTo("key_admin");
    assertThat(order.at()).isBetween(Instant.now().minusSeconds(60), Instant.now());
    assertThat(Recorded.ofOperators(kafka.bootstrapServers(), DrainRequested.class))
        .filteredOn(one -> one.event().worker().equals("w1"))
        .singleElement()
        .satisfies(one -> assertThat(one.event().at()).isEqualTo(order.at()));
  }

  @Test
  void a_drain_made_again_under_its_key_is_ordered_once_and_answered_the_same() throws Exception {
    report("w2", Instant.now());
    var first = await().atMost(PATIENCE).until(() -> drainOnce("w2"), it -> it.statusCode() == 202);
    var order = orders.of("w2").orElseThrow();

    var again = drainOnce("w2");

    assertThat(again.statusCode()).isEqualTo(202);
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(again.headers().firstValue("Idempotent-Replayed")).contains("true");
    assertThat(orders.of("w2").orElseThrow()).isEqualTo(order);
  }

  @Test
  void a_worker_is_called_back_and_who_wants_it_is_recorded() throws Exception {
    report("w3", Instant.now());

    var answer = await().atMost(PATIENCE).until(() -> resume("w3"), it -> it.statusCode() != 404);

    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(answer.body()).isEqualTo("{\"worker\":\"w3\",\"status\":\"active\"}");
    var order = Json.read(orders.of("w3").orElseThrow(), DrainOrder.class);
    assertThat(order.resumes()).isTrue();
    assertThat(order.requestedBy()).isEqualTo("key_admin");
    assertThat(Recorded.ofOperators(kafka.bootstrapServers(), WorkerResumeRequested.class))
        .filteredOn(one -> one.event().worker().equals("w3"))
        .isNotEmpty();
    assertThat(resume("nobody").statusCode()).isEqualTo(404);
  }

  @Test
  void a_region_that_nobody_acts_for_is_refused_and_readiness_says_which() {
    rest.draining(true);
    try {
      var refused =
          await().atMost(PATIENCE).until(WorkersTest::create, it -> it.statusCode() == 503);

      assertThat(refused.headers().firstValue("Retry-After")).contains("2");
      assertThat(JsonPath.<String>read(refused.body(), "$.detail"))
          .isEqualTo("no live worker takes work of the region 'us-east-1'; try again soon");
      assertThat(create("Prefer", "wait=1").statusCode()).isEqualTo(503);
      var ready = service.get("/healthz");
      assertThat(ready.statusCode()).isEqualTo(503);
      assertThat(ready.body()).contains("no live worker takes work of ", "us-east-1");
    } finally {
      rest.draining(false);
    }
    await().atMost(PATIENCE).until(() -> service.get("/healthz").statusCode() == 200);
    assertThat(create().statusCode()).isEqualTo(201);
  }

  @Test
  void a_creation_that_may_wait_waits_for_a_worker() throws Exception {
    rest.draining(true);
    await().atMost(PATIENCE).until(() -> create().statusCode() == 503);

    var waiting = CompletableFuture.supplyAsync(() -> create("Prefer", "wait=30"));
    rest.draining(false);

    assertThat(waiting.get().statusCode()).isEqualTo(201);
    assertThat(waiting.get().body()).contains("\"status\":\"running\"");
  }

  @Test
  void a_region_whose_hosts_were_not_announced_for_ten_minutes_is_gone() {
    var answer = service.post("/api/instances", "{\"region\": \"gone-1\"}");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(JsonPath.<String>read(answer.body(), "$.errors[0].detail"))
        .startsWith("no host serves 'gone-1'; these are served: ")
        .contains("us-east-1");
  }

  @Test
  void what_no_host_of_the_region_can_honour_is_400_and_named() {
    rest.announce("plain", "plain-1");
    rest.announce("plain", "plain-1", List.of("cpus"), Instant.now());

    var answer =
        await()
            .atMost(PATIENCE)
            .until(
                () ->
                    service.post(
                        "/api/instances",
                        "{\"region\":\"plain-1\",\"image\":\"a:1\",\"cpus\":1,\"memory_mb\":64}"),
                it -> it.statusCode() == 400 && it.body().contains("honour"));

    assertThat(JsonPath.<List<String>>read(answer.body(), "$.errors[*].pointer"))
        .containsExactly("/image", "/memory_mb");
    assertThat(JsonPath.<String>read(answer.body(), "$.errors[0].detail"))
        .isEqualTo("no host of 'plain-1' can honour it");
    assertThat(service.post("/api/instances", "{\"region\":\"plain-1\",\"cpus\":1}").statusCode())
        .isEqualTo(201);
  }

  @Test
  void more_than_any_host_of_the_region_allows_is_400_and_named() {
    rest.announce("small", "small-1");
    rest.announce("small", "small-1", new Limits(null, 256, null, 64));

    var answer =
        await()
            .atMost(PATIENCE)
            .until(
                () ->
                    service.post(
                        "/api/instances",
                        "{\"region\":\"small-1\",\"cpus\":8,\"memory_mb\":257,\"pids\":64}"),
                it -> it.statusCode() == 400);

    assertThat(JsonPath.<List<String>>read(answer.body(), "$.errors[*].pointer"))
        .containsExactly("/memory_mb");
    assertThat(JsonPath.<String>read(answer.body(), "$.errors[0].detail"))
        .isEqualTo("hosts of 'small-1' take up to 256");
    rest.announce("large", "small-1", Limits.NONE);
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                service
                    .post("/api/instances", "{\"region\":\"small-1\",\"memory_mb\":257}")
                    .statusCode(),
            status -> status == 201);
  }

  @Test
  void a_worker_that_nobody_knows_is_404() {
    var answer = drain("nobody");

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(JsonPath.<String>read(answer.body(), "$.type")).isEqualTo("/problems/not-found");
    assertThat(JsonPath.<String>read(answer.body(), "$.detail"))
        .isEqualTo("no worker 'nobody' has reported within the last 30 seconds");
    assertThat(orders.of("nobody")).isEmpty();
  }

  @Test
  void a_worker_that_reports_no_more_or_has_left_is_404() throws Exception {
    report("left", Instant.now());
    workers.put("left", null);
    report("last", Instant.now());
    await().atMost(PATIENCE).until(() -> drain("last").statusCode() == 202);

    assertThat(drain("old").statusCode()).isEqualTo(404);
    assertThat(drain("left").statusCode()).isEqualTo(404);
  }

  @Test
  void a_report_that_makes_no_sense_hides_no_other() throws Exception {
    workers.put("odd", new byte[] {7});
    report("even", Instant.now());

    await().atMost(PATIENCE).until(() -> drain("even").statusCode() == 202);

    assertThat(drain("odd").statusCode()).isEqualTo(404);
  }

  @Test
  void only_posts_drain() {
    assertThat(service.get("/api/workers/w1/drain").statusCode()).isEqualTo(405);
  }

  private static HttpResponse<String> create(String... headers) {
    return headers.length == 0
        ? service.post("/api/instances", "{}")
        : service.post("/api/instances", "{}", headers);
  }

  private static HttpResponse<String> resume(String name) {
    return service.post("/api/workers/" + name + "/resume");
  }

  private static HttpResponse<String> drainOnce(String name) {
    return service.post("/api/workers/" + name + "/drain", "", "Idempotency-Key", "drain-" + name);
  }

  private static HttpResponse<String> drain(String name) {
    return service.post("/api/workers/" + name + "/drain");
  }

  private static void report(String name, Instant at) throws Exception {
    var report =
        new WorkerReport(
            name,
            "i1",
            "dev",
            List.of("elsewhere-1"),
            4,
            0,
            0,
            0,
            false,
            null,
            at.minusSeconds(9),
            at,
            null);
    workers.put(name, Json.write(report));
  }
}
