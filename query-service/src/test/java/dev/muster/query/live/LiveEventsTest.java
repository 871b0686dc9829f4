package dev.muster.query.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.events.envelope.RecordedEvent;
import dev.muster.events.instance.InstanceSpec;
import dev.muster.events.instance.RestartPolicy;
import dev.muster.events.kafka.Topics;
import dev.muster.infrastructure.EmbeddedKafka;
import dev.muster.infrastructure.MongoWireServer;
import dev.muster.query.RunningQueryService;
import dev.muster.query.Story;
import dev.muster.query.Topic;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Streams of two replicas over real HTTP. The broker is their own: it has the whole order. */
class LiveEventsTest {

  private static final Places places = new Places();
  private static final Random random = new Random(11);

  private static EmbeddedKafka kafka;
  private static MongoWireServer mongo;
  private static Topic topic;
  private static RunningQueryService one;
  private static RunningQueryService other;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    kafka = EmbeddedKafka.start(folder, 0);
    mongo = MongoWireServer.start(0);
    topic = Topic.at(kafka.bootstrapServers());
    topic.tell(places.of(large(200)));
    topic.tell(places.of(Story.running("first").pauseRequested().paused()));
    one = start("muster.query.stream-heartbeat=1s");
    other = start();
    one.awaitReady();
    other.awaitReady();
  }

  private static RunningQueryService start(String... more) {
    return RunningQueryService.start(kafka.bootstrapServers(), mongo.uri("live"), more);
  }

  @AfterAll
  static void stop() {
    one.close();
    other.close();
    topic.close();
    mongo.close();
    kafka.close();
  }

  @Test
  void each_event_comes_once_and_in_order_wherever_and_how_often_a_client_comes_back()
      throws Exception {
    var before = places.newest();
    var writing = CompletableFuture.runAsync(LiveEventsTest::tellMuch, Thread::startVirtualThread);

    try (var steady = Client.after(one, "" + before)) {
      var restless = new ArrayList<Client.Received>();
      var lastId = "" + before;
      for (int i = 0; !writing.isDone() || Long.parseLong(lastId) < places.newest(); i++) {
        try (var client = Client.after(i % 2 == 0 ? one : other, lastId)) {
          var upTo = Math.min(places.newest(), Long.parseLong(lastId) + random.nextInt(300));
          client.awaitId(upTo);
          lastId = client.lastId();
          restless.addAll(upTo(Long.parseLong(lastId), client.events));
        }
      }
      steady.awaitId(places.newest());

      writing.join();
      assertAre(places.all().subList((int) before, (int) places.newest()), steady.events);
      assertThat(restless).isEqualTo(steady.events);
    }
  }

  private static List<Client.Received> upTo(long id, List<Client.Received> events) {
    return events.stream().filter(event -> event.id() <= id).toList();
  }

  private static void tellMuch() {
    for (int i = 0; i < 6; i++) {
      places.tellApart(topic, places.of(small("much-" + i, 60)));
    }
  }

  @Test
  void from_0_a_stream_has_all_that_ever_happened() throws Exception {
    try (var client = Client.after(other, "0")) {
      client.awaitId(places.newest());

      assertAre(places.all(), client.events);
    }
  }

  @Test
  void from_long_ago_a_stream_goes_on_without_a_gap_after_the_replica_was_started_anew()
      throws Exception {
    try (var fresh = start()) {
      fresh.awaitReady();
      try (var client = Client.at(fresh, "?after=7")) {
        client.awaitId(places.newest());
        topic.tell(places.of(Story.running("after-all")));
        client.awaitId(places.newest());

        assertThat(client.ids())
            .isEqualTo(LongStream.rangeClosed(8, places.newest()).boxed().toList());
      }
    }
  }

  @Test
  void of_many_who_come_from_long_ago_each_gets_its_turn() throws Exception {
    var clients = new ArrayList<Client>();
    for (int i = 0; i < 10; i++) {
      clients.add(Client.after(one, "0"));
    }

    for (var client : clients) {
      client.awaitId(places.newest());
      assertThat(client.ids())
          .isEqualTo(LongStream.rangeClosed(1, places.newest()).boxed().toList());
      client.close();
    }
  }

  @Test
  void the_header_goes_before_the_parameter() throws Exception {
    var last = "" + (places.newest() - 1);
    var response = one.open("/api/events?after=0", "Last-Event-ID", last);
    try (var body = response.body()) {
      assertThat(new String(body.readNBytes(40), UTF_8)).contains("id: " + last);
    }
  }

  @Test
  void without_a_last_event_a_stream_begins_with_what_comes_next_and_says_where_that_is()
      throws Exception {
    try (var client = Client.at(one, "")) {
      assertThat(client.lastId()).isEqualTo("" + places.newest());
      var told = places.of(Story.running("next"));
      topic.tell(told);
      client.awaitId(places.newest());

      assertAre(told, client.events);
    }
  }

  @Test
  void what_is_published_twice_comes_once() throws Exception {
    try (var client = Client.at(one, "")) {
      var told = places.of(Story.running("twice").pauseRequested().paused());
      topic.tell(told.subList(0, 2));
      client.awaitId(told.get(1).position() + 1);

      topic.tell(told);
      topic.tell(told.subList(1, 3));
      topic.tell(places.of(Story.named("once")));

      client.awaitId(places.newest());
      assertThat(client.ids()).doesNotHaveDuplicates().isSorted().hasSize(5);
    }
  }

  @Test
  void a_stream_of_one_instance_leaves_the_others_out_and_remembers_that_it_has_passed_them()
      throws Exception {
    var story = Story.running("alone");
    topic.tell(places.of(story));
    one.awaitAll(story);

    try (var client = Client.at(one, "?after=0&instance_id=" + story.id())) {
      topic.tell(places.of(small("beside", 5)));
      client.awaitId(places.newest());

      assertThat(client.events)
          .extracting(Client.Received::type)
          .containsExactly("CreationRequested", "InstanceStarted");
    }
  }

  @Test
  void an_event_is_the_entry_of_the_history_and_its_place() throws Exception {
    var story = Story.running("entry").pauseRequested().paused();
    topic.tell(places.of(story));
    one.awaitAll(story);

    try (var client = Client.at(one, "?after=0&instance_id=" + story.id())) {
      client.awaitId(places.newest());

      var history = one.get("/api/instances/%s/history".formatted(story.id())).body();
      var entries = new ArrayList<String>();
      for (var event : client.events) {
        var before = "{\"position\":%d,\"instance_id\":\"%s\",".formatted(event.id(), story.id());
        assertThat(event.data()).startsWith(before);
        entries.add("{" + event.data().substring(before.length()));
      }
      assertThat("[" + String.join(",", entries) + "]").isEqualTo(history);
    }
  }

  @Test
  void what_this_version_does_not_know_comes_as_it_stands_and_noise_is_left_out() throws Exception {
    try (var client = Client.at(one, "")) {
      topic.raw(Topics.INSTANCE_EVENTS, "noise", "noise".getBytes(UTF_8));
      topic.tell(places.of(Story.running("newer").unknown()));
      client.awaitId(places.newest());

      var last = client.events.getLast();
      assertThat(client.events).hasSize(3);
      assertThat(last.type()).isEqualTo("InstanceMigrated");
      assertThat(last.data())
          .endsWith("\"operation_id\":null,\"source_ip\":\"192.0.2.1\",\"data\":{}}");
    }
  }

  @Test
  void who_is_behind_what_is_in_memory_goes_on_without_a_gap() throws Exception {
    var before = places.newest();
    topic.tell(places.of(Story.running("soon-forgotten")));
    topic.tell(places.of(large(200)));
    try (var ahead = Client.after(one, "" + before)) {
      ahead.awaitId(places.newest());
    }

    try (var client = Client.after(one, "" + (before + 1))) {
      client.awaitId(places.newest());

      assertThat(client.ids())
          .isEqualTo(LongStream.rangeClosed(before + 2, places.newest()).boxed().toList());
    }
  }

  @Test
  void silence_is_broken_by_comments() throws Exception {
    try (var client = Client.at(one, "")) {
      await().until(() -> client.comments.size() >= 3);

      assertThat(client.comments.subList(1, 3)).containsOnly("heartbeat");
    }
  }

  @Test
  void the_headers_keep_proxies_and_caches_from_keeping_a_stream() throws Exception {
    try (var client = Client.at(one, "")) {
      var headers = client.response().headers();
      assertThat(headers.firstValue("Content-Type")).hasValue("text/event-stream");
      assertThat(headers.firstValue("X-Accel-Buffering")).hasValue("no");
      assertThat(headers.firstValue("Cache-Control")).hasValue("no-store");
      assertThat(headers.firstValue("X-Request-Id")).isPresent();
    }
  }

  @Test
  void there_are_so_many_places_and_no_more_and_who_leaves_makes_room() throws Exception {
    try (var small = start("muster.query.streams-at-once=2")) {
      try (var first = Client.at(small, "");
          var second = Client.at(small, "")) {
        assertThat(small.meters().get("muster.query.streams").gauge().value()).isEqualTo(2);

        var refused = small.get("/api/events");

        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        assertThat(refused.body()).contains("/problems/unavailable", "2 streams are open");
      }
      await()
          .atMost(Duration.ofSeconds(30))
          .until(
              () -> {
                topic.tell(places.of(Story.named("knock")));
                return small.meters().get("muster.query.streams").gauge().value() == 0;
              });
    }
  }

  /** The client has gone between 50 ms before an event comes and 50 ms after it. */
  @Test
  void clients_that_leave_as_an_event_comes_leave_their_places_a_hundred_times() throws Exception {
    try (var few = start("muster.query.streams-at-once=100");
        var clock = Executors.newScheduledThreadPool(2)) {
      var clients = new ArrayList<Client>();
      for (int i = 0; i < 100; i++) {
        clients.add(Client.at(few, ""));
      }
      clock.schedule(
          () -> topic.tell(places.of(Story.running("between"))), 50, TimeUnit.MILLISECONDS);
      for (int i = 0; i < clients.size(); i++) {
        var client = clients.get(i);
        clock.schedule(() -> closed(client), i, TimeUnit.MILLISECONDS);
      }

      await()
          .atMost(Duration.ofSeconds(30))
          .until(
              () -> {
                topic.tell(places.of(Story.named("knock")));
                return few.meters().get("muster.query.streams").gauge().value() == 0;
              });
      try (var next = Client.after(few, "0")) {
        next.awaitId(places.newest());
        assertAre(places.all(), next.events);
      }
    }
  }

  private static Client closed(Client client) throws IOException {
    client.close();
    return client;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "-1",
        "1.5",
        "x",
        "''",
        "0x10",
        "1000000",
        "12345678901234567890",
        "'1, 2'",
      })
  void an_id_that_is_no_event_is_400(String id) throws Exception {
    var header = one.open("/api/events", "Last-Event-ID", id);
    var parameter = one.get("/api/events?after=" + id.replace(" ", "%20"));

    assertThat(header.statusCode()).isEqualTo(400);
    assertThat(new String(header.body().readAllBytes(), UTF_8))
        .contains("/problems/invalid-request", id);
    assertThat(parameter.statusCode()).isEqualTo(400);
    assertThat(parameter.headers().firstValue("Content-Type")).hasValue("application/problem+json");
  }

  @Test
  void an_instance_that_nobody_made_is_404() {
    var answer = one.get("/api/events?instance_id=inst_00000000000000000000000000");

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).contains("/problems/not-found");
  }

  @Test
  void methods_and_media_types_are_as_http_has_them() throws Exception {
    var head = one.send("HEAD", "/api/events");
    var post = one.send("POST", "/api/events");
    var json = one.open("/api/events", "Accept", "application/json");

    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.headers().firstValue("Content-Type")).hasValue("text/event-stream");
    assertThat(post.statusCode()).isEqualTo(405);
    assertThat(json.statusCode()).isEqualTo(406);
    assertThat(new String(json.body().readAllBytes(), UTF_8))
        .contains("/problems/not-acceptable", "text/event-stream");
  }

  @Test
  void streams_end_with_the_service() throws Exception {
    var leaving = start();
    leaving.awaitReady();
    try (var idle = Client.at(leaving, "");
        var reading = Client.after(leaving, "0")) {
      leaving.close();

      idle.awaitEnd();
      reading.awaitEnd();
    }
  }

  private static void assertAre(List<RecordedEvent> told, List<Client.Received> received) {
    assertThat(received).hasSameSizeAs(told);
    for (int i = 0; i < told.size(); i++) {
      var event = told.get(i);
      assertThat(received.get(i).id()).isEqualTo(event.position() + 1);
      assertThat(received.get(i).type()).isEqualTo(event.encoded().type());
      assertThat(received.get(i).data())
          .contains(event.subject(), "\"sequence\":%d,".formatted(event.sequence()));
    }
  }

  private static Story[] small(String name, int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                Story.running(name + "-" + i).pauseRequested().paused().resumeRequested().resumed())
        .toArray(Story[]::new);
  }

  /** More than a replica keeps in memory, when there are 200. */
  private static Story[] large(int count) {
    var blob = Map.of("BLOB", "x".repeat(50_000));
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                Story.of(
                    new InstanceSpec(
                        "large-" + i,
                        "us-east-1",
                        null,
                        List.of(),
                        blob,
                        null,
                        null,
                        RestartPolicy.NEVER)))
        .toArray(Story[]::new);
  }
}
