package dev.muster.query.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.events.codec.EventCodec;
import dev.muster.events.codec.EventRecords;
import dev.muster.events.codec.EventType;
import dev.muster.events.envelope.RecordedEvent;
import dev.muster.events.instance.FailureCode;
import dev.muster.events.instance.Operation;
import dev.muster.events.instance.OperationKind;
import dev.muster.infrastructure.TestServers;
import dev.muster.kafka.projection.CommittedOffset;
import dev.muster.kafka.projection.PartitionRecords;
import dev.muster.kafka.projection.Position;
import dev.muster.query.QuerySide;
import dev.muster.query.Story;
import dev.muster.query.instance.current.InstanceRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.data.mongodb.core.MongoOperations;
import tools.jackson.databind.JsonNode;

/** Events through the real topic into the read models, looked at through the API. */
class ProjectionTest {

  @RegisterExtension static final QuerySide SIDE = new QuerySide("projection", 1);

  @Test
  void every_event_type_reaches_the_read_models() {
    var whole =
        Story.running("whole")
            .pauseRequested()
            .paused()
            .resumeRequested()
            .resumed()
            .completed()
            .restartRequested()
            .restarted()
            .died("out of memory")
            .restartRequested()
            .restarted()
            .ignored("op_late")
            .pauseRequested()
            .failed(OperationKind.PAUSE, FailureCode.EXPIRED, "no outcome in time")
            .doneLate()
            .pauseRequested()
            .failed(OperationKind.PAUSE, FailureCode.SUPERSEDED, "a delete took its place")
            .deletionRequested()
            .terminated();

    SIDE.topic().tell(whole);

    SIDE.service().awaitAll(whole);
    assertThat(typesIn(history(whole)))
        .isEqualTo(EventType.ALL.stream().map(EventType::name).collect(Collectors.toSet()));
    assertShowsTheFold(whole);
  }

  @Test
  void events_that_come_again_change_nothing() {
    var story = Story.running("again").pauseRequested();
    var pause = "/api/operations/" + story.inFlight();
    SIDE.topic().tell(story.paused());
    SIDE.service().awaitAll(story);

    SIDE.topic().tell(story.events().subList(0, 3));
    SIDE.topic().tell(story);
    SIDE.topic().tell(List.of(story.resumeRequested().last()));
    SIDE.service().awaitAll(story);

    assertShowsTheFold(story);
    assertThat(SIDE.service().json(pause).path("status").asString()).isEqualTo("succeeded");
  }

  @Test
  void what_is_written_late_by_who_lost_the_partition_replaces_nothing_newer() {
    var story = Story.running("taken-over").pauseRequested();
    var pause = "/api/operations/" + story.inFlight();
    SIDE.topic().tell(story);
    SIDE.service().awaitAll(story);
    var late = workOf(story);
    SIDE.topic().tell(List.of(story.paused().last()));
    SIDE.service().awaitAll(story);

    late.write();

    assertShowsTheFold(story);
    assertThat(SIDE.service().json(pause).path("status").asString()).isEqualTo("succeeded");
  }

  /** Of another projector that has read the same events. */
  private static EventWork workOf(Story story) {
    var context = SIDE.service().context();
    var mongo = context.getBean(MongoOperations.class);
    var fill = Objects.requireNonNull(mongo.findById(story.id(), InstanceRow.class)).fill();
    var fold = new PartFold(Map.of(), _ -> false, Position.NOTHING);
    for (var event : story.events()) {
      var sent = EventRecords.write(event);
      var read = new ConsumerRecord<>(sent.topic(), 0, 0, sent.key(), sent.value());
      sent.headers().forEach(read.headers()::add);
      fold.take(TopicMessage.read(read, new EventCodec()));
    }
    var part =
        new PartitionRecords(new Position(0, 0, Position.NOTHING, fill, "another"), List.of());
    return new EventWork(
        Map.of(0, new EventWork.Folded(part, CommittedOffset.NONE, fold)),
        Map.of(),
        context.getBean(ProjectionSinks.class));
  }

  @Test
  void a_batch_with_many_events_of_many_instances_is_folded_whole() {
    var stories = new ArrayList<Story>();
    var events = new ArrayList<RecordedEvent>();
    for (int i = 0; i < 200; i++) {
      var story = Story.running("many-" + i).pauseRequested().paused().restartRequested();
      stories.add(story.restarted());
      events.addAll(story.events());
    }

    SIDE.topic().tell(events);

    SIDE.service().awaitAll(stories.toArray(Story[]::new));
    stories.forEach(ProjectionTest::assertShowsTheFold);
  }

  @Test
  void whatever_happened_a_get_equals_the_fold_of_the_history() {
    var random = new Random(42);
    var stories = new ArrayList<Story>();
    for (int i = 0; i < 50; i++) {
      stories.add(RandomLife.of("life-" + i, random));
    }
    SIDE.topic().tell(stories.toArray(Story[]::new));

    SIDE.service().awaitAll(stories.toArray(Story[]::new));
    stories.forEach(ProjectionTest::assertShowsTheFold);
    stories.forEach(ProjectionTest::assertShowsItsOperations);
  }

  @Test
  void what_progress_tells_can_be_read_at_once() {
    try (var progress = ProgressReader.atEnd(TestServers.shared().kafka())) {
      for (int i = 0; i < 20; i++) {
        var story = Story.running("told-" + i);
        SIDE.topic().tell(story);
        progress.awaitVersion(story.id(), story.last().sequence());
        assertThat(SIDE.service().version(story.id())).isEqualTo(story.last().sequence());
      }
    }
  }

  @Test
  void an_operation_goes_from_pending_to_what_came_of_it() {
    var story = Story.named("operations");
    var create = "/api/operations/" + story.inFlight();
    story.started().pauseRequested();
    var pause = "/api/operations/" + story.inFlight();
    SIDE.topic().tell(story);
    SIDE.service().awaitAll(story);

    assertThat(SIDE.service().json(create).path("status").asString()).isEqualTo("succeeded");
    assertThat(SIDE.service().json(pause).path("status").asString()).isEqualTo("pending");
    assertThat(SIDE.service().json(pause).path("finished_at").isNull()).isTrue();

    story.failed(OperationKind.PAUSE, FailureCode.REFUSED, "no such process");
    SIDE.topic().tell(List.of(story.last()));
    SIDE.service().awaitAll(story);

    assertThat(SIDE.service().json(pause).path("status").asString()).isEqualTo("failed");
    assertThat(SIDE.service().json(pause).path("error").asString()).isEqualTo("no such process");
    assertThat(SIDE.service().json(pause).path("kind").asString()).isEqualTo("pause");
  }

  @Test
  void an_event_of_a_newer_version_is_kept_in_the_history_and_holds_up_nobody() {
    var newer = Story.running("newer").unknown().pauseRequested().paused();
    var other = Story.running("other");

    SIDE.topic().tell(newer, other);

    SIDE.service().awaitAll(other);
    await().until(() -> history(newer).size() == 5);
    assertThat(SIDE.service().version(newer.id())).isEqualTo(2);
    assertThat(typesIn(history(newer))).contains("InstanceMigrated");
  }

  @Test
  void a_record_that_is_no_event_holds_up_nobody() {
    var story = Story.running("beside-garbage");
    SIDE.topic().raw("instance-events", story.id(), new byte[] {1, 2, 3});

    SIDE.topic().tell(story);

    SIDE.service().awaitAll(story);
    assertShowsTheFold(story);
  }

  private static void assertShowsTheFold(Story story) {
    var state = story.state();
    var shown = SIDE.service().json("/api/instances/" + story.id());
    assertThat(shown.path("status").asString()).isEqualTo(state.status().toString());
    assertThat(shown.path("version").asLong()).isEqualTo(state.version());
    assertThat(shown.path("name").asString()).isEqualTo(state.spec().name());
    assertThat(shown.path("updated_at").asLong()).isEqualTo(state.updatedAt().getEpochSecond());
    assertThat(shown.path("error").asStringOpt().orElse(null)).isEqualTo(state.error());
    assertThat(shown.path("host").asStringOpt().orElse(null)).isEqualTo(state.host());
    assertThat(StreamSupport.stream(history(story).spliterator(), false))
        .extracting(event -> event.path("sequence").asLong())
        .containsExactlyElementsOf(story.events().stream().map(RecordedEvent::sequence).toList());
  }

  private static void assertShowsItsOperations(Story story) {
    var inFlight = Optional.ofNullable(story.state().inFlight()).map(Operation::id);
    for (var operation : story.operations()) {
      var shown = SIDE.service().json("/api/operations/" + operation);
      var isPending = inFlight.filter(operation::equals).isPresent();
      assertThat(shown.path("instance_id").asString()).isEqualTo(story.id());
      assertThat(shown.path("status").asString().equals("pending")).isEqualTo(isPending);
      assertThat(shown.path("finished_at").isNull()).isEqualTo(isPending);
    }
  }

  private static JsonNode history(Story story) {
    return SIDE.service().json("/api/instances/" + story.id() + "/history");
  }

  private static TreeSet<String> typesIn(JsonNode history) {
    return StreamSupport.stream(history.spliterator(), false)
        .map(event -> event.path("type").asString())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
