package dev.muster.command.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.command.eventstore.DueOperations.Due;
import dev.muster.events.instance.Ids;
import dev.muster.events.instance.InstanceEvent;
import dev.muster.events.instance.InstanceSpec;
import dev.muster.events.instance.InstanceState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.modelling.command.ConcurrencyException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two replicas on one real PostgreSQL. */
class PostgreSqlEventStorageEngineTest {

  private PostgreSqlSettings settings;
  private EventDatabase database;
  private EventDatabase otherDatabase;
  private PostgreSqlEventStorageEngine engine;
  private PostgreSqlEventStorageEngine other;
  private final String id = Ids.newInstance();

  @BeforeEach
  void open() {
    settings = Sample.newDatabase();
    database = EventDatabase.open(settings);
    otherDatabase = EventDatabase.open(settings);
    engine = new PostgreSqlEventStorageEngine(database);
    other = new PostgreSqlEventStorageEngine(otherDatabase);
  }

  @AfterEach
  void close() throws InterruptedException {
    engine.close();
    other.close();
    database.close();
    otherDatabase.close();
  }

  @Test
  void an_event_is_read_as_it_was_written() {
    engine.appendEvents(Sample.history(id, 1));

    var stored = new RecordedEvents(otherDatabase).after(id, 0).getFirst();

    assertThat(stored.sequence()).isEqualTo(1);
    assertThat(stored.position()).isZero();
    assertThat(stored.eventId()).startsWith("ev_");
    assertThat(stored.at()).isEqualTo(Sample.AT);
    assertThat(stored.correlation()).isEqualTo(Sample.ORIGIN);
    assertThat(stored.encoded().type()).isEqualTo("CreationRequested");
    assertThat(other.readEvents(id).asStream().map(message -> message.getPayload()).toList())
        .isEqualTo(List.of(Sample.creation(id)));
  }

  @Test
  void an_operation_waits_from_its_request_until_it_is_settled() {
    var due = new DueOperations(otherDatabase);
    engine.appendEvents(Sample.history(id, 2));

    assertThat(due.claim(Sample.AT.plusSeconds(29), 10)).isEmpty();
    assertThat(due.claim(Sample.AT.plusSeconds(30), 10)).containsExactly(new Due(id, "op_1"));

    engine.appendEvents(List.of(Sample.message(2, Sample.start(id))));
    assertThat(due.claim(Instant.now(), 10)).isEmpty();
  }

  @Test
  void operations_that_an_earlier_version_had_not_noted_yet_wait_after_the_upgrade() {
    var waits = Ids.newInstance();
    engine.appendEvents(Sample.history(id, 1));
    engine.appendEvents(
        List.of(
            Sample.message(
                0,
                new InstanceEvent.CreationRequested(
                    waits, "op_2", InstanceSpec.bot("b", "r"), Sample.AT, Sample.AT))));
    engine.appendEvents(List.of(Sample.message(1, Sample.start(id))));
    database
        .jdbc()
        .execute(
            """
            delete from operation_deadline;
            insert into operation_deadline values ('op_1', '%s', now());
            insert into reader_position (name, next) values ('deadline-keeper', 1);
            delete from flyway_schema_history where version = '5'
            """
                .formatted(id));

    try (var _ = EventDatabase.open(settings)) {
      assertThat(new DueOperations(database).claim(Instant.now(), 10))
          .containsExactly(new Due(waits, "op_2"));
      assertThat(database.jdbc().queryForList("select name from reader_position")).isEmpty();
    }
  }

  @Test
  void positions_have_no_gaps_when_two_replicas_write_and_collide() throws Exception {
    var contested = Ids.newInstance();
    engine.appendEvents(Sample.history(contested, 1));

    inParallel(
        IntStream.range(0, 200)
            .mapToObj(number -> number % 2 == 0 ? engine : other)
            .map(one -> write(one, contested)));

    var positions = positions();
    assertThat(positions)
        .containsExactlyElementsOf(LongStream.range(0, positions.size()).boxed().toList())
        .hasSizeGreaterThan(401);
  }

  // Each writes an instance of its own, whatever happens, and tries for one place of a shared one.
  private static Callable<Void> write(PostgreSqlEventStorageEngine one, String contested) {
    return () -> {
      one.appendEvents(Sample.history(Ids.newInstance(), 2));
      try {
        one.appendEvents(List.of(Sample.message(1, Sample.remark(contested, 1))));
      } catch (ConcurrencyException _) {
        return null;
      }
      return null;
    };
  }

  @Test
  void of_those_who_want_one_place_one_gets_it_and_only_the_others_are_told() throws Exception {
    engine.appendEvents(Sample.history(id, 1));
    var attempts =
        IntStream.range(0, 40)
            .mapToObj(
                number ->
                    (Callable<Boolean>)
                        () -> won(number % 2 == 0 ? engine : other, Sample.remark(id, number)));

    var won = inParallel(attempts);

    assertThat(won.stream().filter(it -> it)).hasSize(1);
    assertThat(new RecordedEvents(database).lastSequence(id)).isEqualTo(2);
  }

  private static boolean won(PostgreSqlEventStorageEngine one, InstanceEvent event) {
    try {
      one.appendEvents(List.of(Sample.message(1, event)));
      return true;
    } catch (ConcurrencyException e) {
      return false;
    }
  }

  @Test
  void an_append_is_all_or_nothing() {
    engine.appendEvents(Sample.history(id, 2));
    var late =
        List.of(Sample.message(2, Sample.remark(id, 2)), Sample.message(1, Sample.remark(id, 1)));

    assertThatThrownBy(() -> engine.appendEvents(late)).isInstanceOf(ConcurrencyException.class);

    assertThat(new RecordedEvents(database).lastSequence(id)).isEqualTo(2);
  }

  @Test
  void a_snapshot_stands_for_the_events_before_it() {
    engine.appendEvents(Sample.history(id, 3));
    var state = fold(Sample.history(id, 3));

    new Snapshots(database).keep(state);

    var snapshot = other.readSnapshot(id).orElseThrow();
    assertThat(snapshot.getPayload()).isEqualTo(state);
    assertThat(snapshot.getSequenceNumber()).isEqualTo(2);
    assertThat(other.readEvents(id, snapshot.getSequenceNumber() + 1).hasNext()).isFalse();
  }

  @Test
  void an_older_snapshot_never_takes_the_place_of_a_newer_one() {
    var newer = fold(Sample.history(id, 3));
    new Snapshots(database).keep(newer);

    new Snapshots(database).keep(fold(Sample.history(id, 2)));

    assertThat(new Snapshots(database).find(id)).contains(newer);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data = 'nonsense'",
        "data = '{}'",
        "data = ''",
        "revision = 0",
        "revision = 99",
      })
  void a_snapshot_that_this_version_cannot_read_is_as_good_as_none(String damage) {
    engine.appendEvents(Sample.history(id, 3));
    var state = fold(Sample.history(id, 3));
    new Snapshots(database).keep(state);
    database.jdbc().update("update snapshot set %s where instance_id = ?".formatted(damage), id);

    assertThat(other.readSnapshot(id)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"data = 'nonsense'", "revision = 0"})
  void a_snapshot_that_cannot_be_read_gives_way_to_the_next(String damage) {
    engine.appendEvents(Sample.history(id, 3));
    new Snapshots(database).keep(fold(Sample.history(id, 3)));
    database.jdbc().update("update snapshot set %s where instance_id = ?".formatted(damage), id);
    var next = fold(Sample.history(id, 4));

    new Snapshots(database).keep(next);

    assertThat(new Snapshots(otherDatabase).find(id)).contains(next);
  }

  @Test
  void what_waits_is_written_before_the_writer_closes() throws Exception {
    var ids = Stream.generate(Ids::newInstance).limit(50).toList();
    try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      var appends =
          ids.stream()
              .map(one -> callers.submit(() -> engine.appendEvents(Sample.history(one, 1))))
              .toList();
      engine.close();

      var events = new RecordedEvents(database);
      for (int index = 0; index < ids.size(); index++) {
        var written = events.lastSequence(ids.get(index)) == 1;
        assertThat(succeeded(appends.get(index))).isEqualTo(written);
      }
    }
  }

  private static boolean succeeded(Future<?> append) throws InterruptedException {
    try {
      append.get();
      return true;
    } catch (ExecutionException e) {
      assertThat(e).hasCauseInstanceOf(EventStoreUnavailableException.class);
      return false;
    }
  }

  @Test
  void an_append_after_the_end_is_refused_as_unavailable() throws Exception {
    engine.close();

    assertThatThrownBy(() -> engine.appendEvents(Sample.history(id, 1)))
        .isInstanceOf(EventStoreUnavailableException.class);
  }

  private List<Long> positions() {
    return database
        .jdbc()
        .query("select position from event order by position", (row, _) -> row.getLong(1));
  }

  private static InstanceState fold(List<DomainEventMessage<?>> history) {
    InstanceState state = null;
    for (var message : history) {
      state = InstanceState.fold(state, (InstanceEvent) message.getPayload());
    }
    return Objects.requireNonNull(state);
  }

  private static <T> List<T> inParallel(Stream<Callable<T>> tasks) throws Exception {
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      var running = executor.invokeAll(tasks.collect(Collectors.toList()));
      var results = new ArrayList<T>();
      for (var one : running) {
        results.add(one.get());
      }
      return results;
    }
  }
}
