package dev.muster.query.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import dev.muster.events.codec.Json;
import dev.muster.events.host.HostAnnouncement;
import dev.muster.events.kafka.Topics;
import dev.muster.infrastructure.EmbeddedKafka;
import dev.muster.infrastructure.FreePort;
import dev.muster.infrastructure.MongoWireServer;
import dev.muster.query.RunningQueryService;
import dev.muster.query.Story;
import dev.muster.query.Topic;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What happens when a part of the house is gone for a while. Servers of its own, to stop at will.
 */
class RecoveryTest {

  private static final String DATABASE = "muster";

  @TempDir Path folder;
  private final int kafkaPort = FreePort.any();
  private final int mongoPort = FreePort.any();
  private EmbeddedKafka kafka;
  private MongoWireServer mongo;
  private Topic topic;
  private RunningQueryService service;

  @BeforeEach
  void start() throws Exception {
    kafka = EmbeddedKafka.start(folder, kafkaPort);
    mongo = MongoWireServer.start(mongoPort);
    topic = Topic.at(kafka.bootstrapServers());
    service = startService();
  }

  @AfterEach
  void stop() {
    service.close();
    topic.close();
    mongo.close();
    kafka.close();
  }

  @Test
  void a_store_that_comes_back_empty_fills_itself() {
    var stories = tellSome("before");

    mongo.close();
    var refused = service.get("/api/instances");
    topic.tell(List.of(stories[0].restartRequested().last()));
    mongo = MongoWireServer.start(mongoPort);

    service.awaitAll(stories);
    service.awaitReady();
    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.headers().firstValue("Retry-After")).isPresent();
    assertThat(service.json("/api/instances/" + stories[0].id() + "/history"))
        .hasSize(stories[0].events().size());
  }

  @Test
  void a_store_that_comes_back_older_is_read_on_from_there_with_nothing_new_to_read() {
    var lost = tellSome("lost")[0];
    service.awaitReady();

    inStore(
        store -> {
          var older = new Document("next", 0L).append("newest", -1L);
          store.getCollection("instances").deleteOne(new Document("_id", lost.id()));
          store
              .getCollection("projection_positions")
              .updateMany(new Document(), new Document("$set", older));
        });

    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> service.status("/api/instances/" + lost.id()) == 200);
  }

  @Test
  void a_broker_that_comes_back_is_read_on() {
    tellSome("before");

    kafka.close();
    kafka = EmbeddedKafka.start(folder, kafkaPort);

    tellSome("after");
  }

  @Test
  void what_is_held_in_memory_outlives_the_broker_and_goes_on() {
    host("before");
    await().until(() -> service.get("/api/hosts").body().contains("before"));

    kafka.close();
    var meanwhile = service.get("/api/hosts").body();
    kafka = EmbeddedKafka.start(folder, kafkaPort);
    host("after");

    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> service.get("/api/hosts").body().contains("after"));
    assertThat(meanwhile).contains("before");
    assertThat(service.json("/api/hosts")).hasSize(2);
  }

  @Test
  void a_restarted_service_goes_on_from_its_position() {
    var read = tellSome("read")[0];
    service.close();
    inStore(store -> store.getCollection("instances").deleteOne(new Document("_id", read.id())));
    service = startService();

    tellSome("new");

    assertThat(service.status("/api/instances/" + read.id())).isEqualTo(404);
  }

  @Test
  void without_positions_nothing_in_the_store_is_built_upon() {
    var stories = tellSome("old");
    service.close();
    inStore(
        store -> {
          store.getCollection("projection_positions").drop();
          store.getCollection("history").drop();
        });

    service = startService();
    service.awaitReady();

    for (var story : stories) {
      assertThat(service.json("/api/instances/" + story.id() + "/history"))
          .hasSize(story.events().size());
    }
  }

  @Test
  void positions_past_the_end_of_the_topic_are_begun_anew() {
    var stories = tellSome("old");
    service.close();
    inStore(
        store -> {
          store.getCollection("history").drop();
          store
              .getCollection("projection_positions")
              .updateMany(new Document(), new Document("$set", new Document("next", 1_000_000L)));
        });

    service = startService();
    service.awaitReady();

    assertThat(service.json("/api/instances/" + stories[0].id() + "/history"))
        .hasSize(stories[0].events().size());
  }

  @Test
  void ready_means_that_everything_written_before_can_be_read() {
    service.close();
    var stories = some("waiting");
    topic.tell(stories);
    service = startService();

    service.awaitReady();

    for (var story : stories) {
      assertThat(service.version(story.id())).isEqualTo(story.last().sequence());
    }
  }

  @Test
  void a_start_with_nothing_new_tells_how_far_the_read_side_is() {
    var stories = tellSome("known");
    service.close();
    try (var progress = ProgressReader.atEnd(kafka.bootstrapServers())) {
      service = startService();

      await().until(() -> progress.poll().stream().map(p -> p.partition()).distinct().count() == 8);
      var newest = List.of(stories).stream().mapToLong(s -> s.last().position()).max();
      assertThat(progress.poll().stream().mapToLong(p -> p.position()).max()).isEqualTo(newest);
    }
  }

  @Test
  void two_services_share_the_partitions_and_project_each_event_once() {
    try (var second = startService()) {
      second.awaitReady();
      await().atMost(Duration.ofSeconds(30)).until(() -> membersThatHavePartitions() == 2);

      var before = projected(service) + projected(second);

      var stories = tellSome("shared");

      await().until(() -> behind(service) + behind(second) == 0);
      assertThat(projected(service) + projected(second) - before)
          .isEqualTo(Stream.of(stories).mapToDouble(story -> story.events().size()).sum());
    }
    tellSome("taken-over");
  }

  @Test
  void a_hole_in_a_history_holds_up_its_own_partition_alone() {
    var holed = Story.running("holed");
    topic.tell(holed);
    service.awaitAll(holed);
    holed.pauseRequested().paused();

    topic.tell(List.of(holed.last()));

    var read =
        IntStream.range(0, 100)
            .mapToObj(i -> Story.running("beside-" + i))
            .filter(story -> partition(story) != partition(holed))
            .toArray(Story[]::new);
    topic.tell(read);
    service.awaitAll(read);
    assertThat(service.version(holed.id())).isEqualTo(2);
    assertThat(service.json("/api/instances/" + holed.id() + "/history")).hasSize(2);
  }

  private static double projected(RunningQueryService by) {
    return by.meters()
        .get("muster.projection.events")
        .tag("topic", Topics.INSTANCE_EVENTS)
        .counter()
        .count();
  }

  private static double behind(RunningQueryService service) {
    return service
        .meters()
        .get("muster.projection.lag.events")
        .tag("topic", Topics.INSTANCE_EVENTS)
        .gauge()
        .value();
  }

  private void host(String name) {
    var host = new HostAnnouncement(name, "us-east-1", "process", 1, "w1", Instant.now(), null);
    topic.raw(Topics.HOSTS, name, Json.write(host));
  }

  private RunningQueryService startService() {
    return RunningQueryService.start(kafka.bootstrapServers(), mongo.uri(DATABASE));
  }

  private Story[] tellSome(String name) {
    var stories = some(name);
    topic.tell(stories);
    service.awaitAll(stories);
    return stories;
  }

  private static Story[] some(String name) {
    return IntStream.range(0, 40)
        .mapToObj(i -> Story.running(name + "-" + i).pauseRequested().paused())
        .toArray(Story[]::new);
  }

  private long membersThatHavePartitions() throws Exception {
    try (var admin = Topic.clients(kafka.bootstrapServers()).admin("test-groups")) {
      var groups = admin.describeConsumerGroups(List.of("query-projection")).all().get();
      return groups.values().stream()
          .flatMap(group -> group.members().stream())
          .filter(member -> !member.assignment().topicPartitions().isEmpty())
          .count();
    }
  }

  private static int partition(Story story) {
    return BuiltInPartitioner.partitionForKey(story.id().getBytes(StandardCharsets.UTF_8), 8);
  }

  private void inStore(Consumer<MongoDatabase> change) {
    try (var client = MongoClients.create(mongo.uri(DATABASE))) {
      change.accept(client.getDatabase(DATABASE));
    }
  }
}
