package dev.muster.query.projection;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import dev.muster.events.codec.Json;
import dev.muster.events.deadletter.DeadLetter;
import dev.muster.events.kafka.Topics;
import dev.muster.infrastructure.EmbeddedKafka;
import dev.muster.infrastructure.MongoWireServer;
import dev.muster.query.Letters;
import dev.muster.query.RunningQueryService;
import dev.muster.query.Story;
import dev.muster.query.Topic;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events that cannot be read: their letters, and what putting them back does. */
class PoisonTest {

  private static final String DATABASE = "muster";

  @TempDir static Path folder;
  private static EmbeddedKafka kafka;
  private MongoWireServer mongo;
  private Topic topic;
  private Letters letters;
  private RunningQueryService service;

  @BeforeAll
  static void startBroker() {
    kafka = EmbeddedKafka.start(folder, 0);
  }

  @AfterAll
  static void stopBroker() {
    kafka.close();
  }

  @BeforeEach
  void start() throws Exception {
    mongo = MongoWireServer.start(0);
    topic = Topic.at(kafka.bootstrapServers());
    letters = Letters.at(kafka.bootstrapServers());
    service = startService();
  }

  @AfterEach
  void stop() {
    service.close();
    letters.close();
    topic.close();
    mongo.close();
  }

  @Test
  void an_event_of_a_newer_version_becomes_a_dead_letter() {
    var story = Story.running("newer").unknown();
    topic.tell(story);

    var letter = letters.awaitOne(story.id());

    assertThat(letter.id())
        .isEqualTo(
            "query-projection.instance-events.%d.%d"
                .formatted(partition(story), letters.endOfEvents(partition(story)) - 1));
    assertThat(letter.reader()).isEqualTo("query-projection");
    assertThat(letter.reason()).isEqualTo("no event type 'InstanceMigrated'");
    assertThat(letter.tries()).isEqualTo(1);
    assertThat(letter.headers()).containsEntry("ce_type", "dev.muster.InstanceMigrated");
    assertThat(letter.value()).isEqualTo("e30=");
    await().until(() -> service.get("/api/dead-letters").body().contains(letter.id()));
  }

  @Test
  void what_is_no_event_at_all_becomes_a_dead_letter() {
    topic.raw(Topics.INSTANCE_EVENTS, "inst_garbage", new byte[] {1, 2, 3});

    assertThat(letters.awaitOne("inst_garbage").value()).isEqualTo("AQID");
  }

  @Test
  void what_is_too_long_for_a_letter_is_told_without_its_value() {
    topic.raw(Topics.INSTANCE_EVENTS, "inst_long", new byte[950_000]);
    var beside = Story.running("beside");
    topic.tell(beside);

    assertThat(letters.awaitOne("inst_long").value()).isNull();
    service.awaitAll(beside);
  }

  @Test
  void an_event_that_cannot_follow_becomes_a_dead_letter() {
    var story = Story.running("twice").createdTwice();
    topic.tell(story);

    assertThat(letters.awaitOne(story.id()).reason()).contains("two creations");
    await().until(() -> service.version(story.id()) == 2);
  }

  @Test
  void one_that_still_cannot_be_read_is_the_same_letter_with_one_more_try() {
    var story = Story.running("newer").unknown();
    topic.tell(story);
    var letter = letters.awaitOne(story.id());

    letters.putBack(letter);
    var second = letters.awaitTries(letter.id(), 2);
    letters.putBack(second);
    var third = letters.awaitTries(letter.id(), 3);

    assertThat(third.reason()).isEqualTo(letter.reason());
    assertThat(third.value()).isEqualTo(letter.value());
    assertThat(third.at()).isAfter(letter.at());
    assertThat(letters.of(story.id())).hasSize(1);
    assertStillProjects();
  }

  @Test
  void an_instance_that_stood_still_goes_on_when_its_event_can_be_read() {
    var story = Story.running("thaws").pauseRequested().paused().resumeRequested();
    story.resumed().restartRequested();
    var letter = leftBehind(story, 2);
    var before = service.json("/api/instances/" + story.id());

    letters.putBack(letter);

    service.awaitAll(story);
    letters.awaitGone(letter.id());
    assertThat(before.path("version").asLong()).isEqualTo(2);
    assertThat(service.json("/api/instances/" + story.id()).path("status").asString())
        .isEqualTo(story.state().status().toString());
    for (var operation : story.operations()) {
      var isPending = operation.equals(story.inFlight());
      assertThat(service.json("/api/operations/" + operation).path("status").asString())
          .isEqualTo(isPending ? "pending" : "succeeded");
    }
    assertThat(service.json("/api/instances/" + story.id() + "/history"))
        .hasSize(7)
        .allMatch(event -> !event.path("operation_id").isNull());
    topic.tell(List.of(story.restarted().last()));
    service.awaitAll(story);
  }

  @Test
  void it_goes_on_as_far_as_the_next_event_that_cannot_be_read() {
    var story = Story.running("twice-frozen").pauseRequested().unknown().paused();
    var first = leftBehind(story, 2);

    letters.putBack(first);

    letters.awaitGone(first.id());
    assertThat(service.version(story.id())).isEqualTo(3);
    assertThat(letters.of(story.id())).singleElement().matches(l -> l.tries() == 1);
  }

  @Test
  void a_letter_whose_event_was_read_in_the_meantime_is_settled() {
    var story = Story.running("read");
    topic.tell(story);
    service.awaitAll(story);
    var letter = letterFor(story, 1);
    topic.raw(Topics.DEAD_LETTERS, letter.id(), Json.write(letter));
    letters.awaitTries(letter.id(), 1);

    letters.putBack(letter);

    letters.awaitGone(letter.id());
    assertThat(service.version(story.id())).isEqualTo(2);
  }

  @Test
  void letters_of_other_readers_and_nonsense_are_left_alone() {
    var story = Story.running("newer").unknown();
    topic.tell(story);
    var letter = letters.awaitOne(story.id());

    letters.putBack(
        new DeadLetter(
            "other",
            "inbox-eu",
            letter.topic(),
            letter.partition(),
            letter.offset(),
            null,
            Map.of(),
            null,
            "why",
            1,
            letter.at()));
    topic.raw(Topics.DEAD_LETTER_RETRIES, "broken", "{".getBytes(UTF_8));
    letters.putBack(letter);

    letters.awaitTries(letter.id(), 2);
    assertThat(letters.words("other")).isZero();
  }

  @Test
  void a_store_that_is_filled_again_tells_no_letter_twice_and_tries_nothing_again() {
    var dropped = Story.running("dropped").unknown();
    topic.tell(dropped);
    letters.drop(letters.awaitOne(dropped.id()));
    var tried = Story.running("tried").unknown();
    topic.tell(tried);
    var letter = letters.awaitOne(tried.id());
    letters.putBack(letter);
    letters.awaitTries(letter.id(), 2);
    service.close();
    inStore(MongoDatabase::drop);

    service = startService();
    service.awaitReady();

    var last = Story.running("last").unknown();
    topic.tell(last);
    letters.awaitOne(last.id());
    assertThat(service.version(tried.id())).isEqualTo(2);
    assertThat(letters.of(dropped.id())).isEmpty();
    assertThat(letters.find(letter.id()).orElseThrow().tries()).isEqualTo(2);
    assertThat(letters.words(letter.id())).isEqualTo(2);
  }

  @Test
  void a_retry_waits_for_the_service_and_for_the_store_to_be_that_far() {
    var story = Story.running("newer").unknown();
    topic.tell(story);
    var letter = letters.awaitOne(story.id());
    service.close();
    inStore(MongoDatabase::drop);
    letters.putBack(letter);

    service = startService();

    letters.awaitTries(letter.id(), 2);
    assertThat(letters.words(letter.id())).isEqualTo(2);
  }

  @Test
  void of_two_services_the_one_that_has_the_partition_tries_again() {
    try (var second = startService()) {
      second.awaitReady();
      var stories =
          List.of(
              Story.running("a").unknown(),
              Story.running("b").unknown(),
              Story.running("c").unknown(),
              Story.running("d").unknown());
      topic.tell(stories.toArray(Story[]::new));
      for (var story : stories) {
        letters.putBack(letters.awaitOne(story.id()));
      }

      for (var story : stories) {
        var letter = letters.awaitTries(letters.awaitOne(story.id()).id(), 2);
        assertThat(letters.words(letter.id())).isEqualTo(2);
      }
    }
  }

  /**
   * A store as an older version leaves it, which could not read the event after that version: the
   * instance stands still there, and all that came later is in its history.
   */
  private DeadLetter leftBehind(Story story, long version) {
    topic.tell(story.events().subList(0, (int) version));
    await().until(() -> service.version(story.id()) == version);
    var id = new Document("_id", story.id());
    var frozen = new Document();
    inStore(store -> frozen.putAll(store.getCollection("instances").find(id).first()));
    topic.tell(story.events().subList((int) version, story.events().size()));
    var history = "/api/instances/" + story.id() + "/history";
    await().until(() -> service.json(history).size() == story.events().size());
    service.close();
    var letter = letterFor(story, version);
    inStore(
        store -> {
          store.getCollection("instances").replaceOne(id, frozen);
          store
              .getCollection("operations")
              .deleteMany(
                  new Document("instance_id", story.id())
                      .append("_id", new Document("$ne", story.operations().getFirst())));
          store
              .getCollection("unreadable_records")
              .insertOne(
                  new Document("_id", letter.partition() + "@" + letter.offset())
                      .append("instance_id", story.id())
                      .append("reason", "no event type"));
          store
              .getCollection("history")
              .updateOne(
                  new Document("_id", "%s:%012d".formatted(story.id(), version + 1)),
                  new Document("$unset", new Document("operation_id", "")));
        });
    topic.raw(Topics.DEAD_LETTERS, letter.id(), Json.write(letter));
    service = startService();
    service.awaitReady();
    return letter;
  }

  /** Of the event after that version; the story is the last in its partition. */
  private DeadLetter letterFor(Story story, long version) {
    var partition = partition(story);
    var offset = letters.endOfEvents(partition) - story.events().size() + version;
    return new DeadLetter(
        DeadLetter.idOf("query-projection", Topics.INSTANCE_EVENTS, partition, offset),
        "query-projection",
        Topics.INSTANCE_EVENTS,
        partition,
        offset,
        story.id(),
        Map.of(),
        null,
        "no event type",
        1,
        Story.BEGINNING);
  }

  private void assertStillProjects() {
    var story = Story.running("still").pauseRequested();
    topic.tell(story);
    service.awaitAll(story);
  }

  private RunningQueryService startService() {
    return RunningQueryService.start(kafka.bootstrapServers(), mongo.uri(DATABASE));
  }

  private static int partition(Story story) {
    return BuiltInPartitioner.partitionForKey(story.id().getBytes(UTF_8), 8);
  }

  private void inStore(Consumer<MongoDatabase> change) {
    try (var client = MongoClients.create(mongo.uri(DATABASE))) {
      change.accept(client.getDatabase(DATABASE));
    }
  }
}
