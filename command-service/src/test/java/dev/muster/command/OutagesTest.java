package dev.muster.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.jayway.jsonpath.JsonPath;
import dev.muster.command.RestOfThePlatform.Hosts;
import dev.muster.command.eventstore.RecordedEvents;
import dev.muster.events.codec.Json;
import dev.muster.events.envelope.RecordedEvent;
import dev.muster.events.instance.Ids;
import dev.muster.events.kafka.Topics;
import dev.muster.events.worker.WorkerReport;
import dev.muster.infrastructure.EmbeddedKafka;
import dev.muster.infrastructure.EmbeddedPostgres;
import dev.muster.infrastructure.FreePort;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parts go away and come back. */
class OutagesTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path folder;
  private int kafkaPort;
  private int postgresPort;
  private EmbeddedKafka kafka;
  private EmbeddedPostgres postgres;
  private RestOfThePlatform rest;
  private RunningCommandService service;

  @BeforeEach
  void start() throws Exception {
    kafkaPort = FreePort.any();
    postgresPort = FreePort.any();
    startKafka();
    startPostgres();
    rest = RestOfThePlatform.start(kafka.bootstrapServers());
    service = started("1m");
  }

  @AfterEach
  void stop() throws Exception {
    service.close();
    rest.close();
    kafka.close();
    postgres.close();
  }

  @Test
  void commands_and_outcomes_survive_a_database_that_goes_and_comes_back() {
    rest.hosts(Hosts.SAY_NOTHING);
    var waiting = id(service.post("/api/instances", "{}"));
    await().atMost(PATIENCE).until(() -> published(waiting).size() == 1);

    postgres.close();
    var refused = service.post("/api/instances", "{}");
    rest.reportDone(published(waiting).getFirst());
    await().atMost(PATIENCE).until(() -> service.get("/healthz").statusCode() == 503);
    startPostgres();

    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.headers().firstValue("Retry-After")).isPresent();
    awaitReady(service);
    await().atMost(PATIENCE).until(() -> service.post("/api/instances").statusCode() == 201);
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(published(waiting))
                    .extracting(event -> event.encoded().type())
                    .containsExactly("CreationRequested", "InstanceStarted"));
  }

  @Test
  void everything_accepted_while_the_broker_is_away_is_published_in_order_when_it_is_back() {
    var ids = new ArrayList<>(List.of(id(service.post("/api/instances", "{}"))));
    await().atMost(PATIENCE).until(() -> published(ids.getFirst()).size() == 2);

    kafka.close();
    for (int number = 0; number < 3; number++) {
      var answer = service.post("/api/instances", "{}");
      assertThat(answer.statusCode()).isEqualTo(201);
      assertThat(answer.headers().firstValue("Read-Side")).contains("behind");
      ids.add(id(answer));
    }
    await().atMost(PATIENCE).until(() -> lag("muster.publisher.lag.events") >= 3);
    await().atMost(PATIENCE).until(() -> lag("muster.publisher.lag.seconds") > 0);
    startKafka();

    var events = service.bean(RecordedEvents.class);
    for (var id : ids) {
      await().atMost(PATIENCE).until(() -> events.lastSequence(id) >= 2);
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(distinct(published(id)))
                      .isEqualTo(
                          LongStream.rangeClosed(1, events.lastSequence(id)).boxed().toList()));
    }
    await().atMost(PATIENCE).until(() -> lag("muster.publisher.lag.events") == 0);
    assertThat(lag("muster.publisher.lag.seconds")).isZero();
  }

  private static void awaitReady(RunningCommandService service) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(service.get("/healthz").body()).contains("\"status\":\"ready\""));
  }

  private double lag(String gauge) {
    return service.bean(MeterRegistry.class).get(gauge).gauge().value();
  }

  @Test
  void a_broker_that_goes_and_comes_back_shows_in_the_readiness() {
    kafka.close();
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(service.get("/healthz").body())
                    .contains("\"kafka\":\"the broker does not answer\""));

    startKafka();

    awaitReady(service);
  }

  @Test
  void nobody_is_told_that_something_was_written_while_the_broker_is_away() throws Exception {
    var id = Ids.newInstance();
    rest.reportNonsense(id);
    var letters = new TopicContent(kafka.bootstrapServers(), Topics.DEAD_LETTERS);
    await().atMost(PATIENCE).until(() -> letters.newest().size() == 1);
    var letter = "/api/dead-letters/" + letters.newest().keySet().iterator().next();
    var drain = "/api/workers/w1/drain";
    report("w1");
    await().atMost(PATIENCE).until(() -> service.post(drain).statusCode() == 202);

    kafka.close();
    assertUnavailable(service.post(drain), "workers cannot be told anything now; try again soon");
    assertUnavailable(
        service.post(letter + "/retry"), "dead letters cannot be moved now; try again soon");
    assertUnavailable(service.delete(letter), "dead letters cannot be moved now; try again soon");
    startKafka();

    awaitReady(service);
    report("w1");
    await().atMost(PATIENCE).until(() -> service.post(drain).statusCode() == 202);
    await().atMost(PATIENCE).until(() -> service.delete(letter).statusCode() == 204);
  }

  private void report(String worker) throws Exception {
    var now = Instant.now();
    var report =
        new WorkerReport(
            worker, "i1", "dev", List.of("us-east-1"), 4, 0, 0, 0, false, null, now, now, null);
    new TopicContent(kafka.bootstrapServers(), Topics.WORKERS).put(worker, Json.write(report));
  }

  private static void assertUnavailable(HttpResponse<String> answer, String detail) {
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).contains("2");
    assertThat(JsonPath.<String>read(answer.body(), "$.type")).isEqualTo("/problems/unavailable");
    assertThat(JsonPath.<String>read(answer.body(), "$.detail")).isEqualTo(detail);
  }

  @Test
  void a_deadline_survives_a_restart_of_the_service() {
    rest.hosts(Hosts.SAY_NOTHING);
    service.close();
    service = started("5s");
    var id = id(service.post("/api/instances", "{}"));

    service.close();
    service = started("1m");

    var events = service.bean(RecordedEvents.class);
    await().atMost(PATIENCE).until(() -> events.lastSequence(id) == 2);
    var expired = events.after(id, 1).getFirst();
    assertThat(expired.encoded().type()).isEqualTo("OperationFailed");
    assertThat(expired.correlation().actor().id()).isEqualTo("platform");
    var counter = service.bean(MeterRegistry.class).get("muster.operations.expired").counter();
    await().atMost(PATIENCE).until(() -> counter.count() == 1);
  }

  @Test
  void positions_go_on_without_a_gap_over_a_restart() {
    var before = id(service.post("/api/instances", "{}"));
    await().atMost(PATIENCE).until(() -> published(before).size() == 2);

    service.close();
    service = started("1m");
    await().until(() -> service.get("/healthz").statusCode() == 200);
    var after = id(service.post("/api/instances", "{}"));

    await().atMost(PATIENCE).until(() -> published(after).size() == 2);
    assertThat(rest.seen().stream().map(RecordedEvent::position).distinct().sorted().toList())
        .isEqualTo(LongStream.range(0, 4).boxed().toList());
  }

  private static List<Long> distinct(List<RecordedEvent> events) {
    return events.stream().map(RecordedEvent::sequence).distinct().toList();
  }

  private List<RecordedEvent> published(String id) {
    return rest.seen().stream().filter(event -> event.subject().equals(id)).toList();
  }

  private void startKafka() {
    kafka = EmbeddedKafka.start(folder.resolve("kafka"), kafkaPort);
  }

  private void startPostgres() {
    postgres = EmbeddedPostgres.start(folder.resolve("postgres"), postgresPort);
  }

  private RunningCommandService started(String operationDeadline) {
    var started =
        RunningCommandService.start(
            kafka.bootstrapServers(),
            postgres.jdbcUrl(),
            postgres.username(),
            postgres.password(),
            "muster.operation-deadline=" + operationDeadline);
    awaitReady(started);
    return started;
  }

  private static String id(HttpResponse<String> answer) {
    return JsonPath.read(answer.body(), "$.id");
  }
}
