package dev.muster.command.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.command.eventstore.EventDatabase;
import dev.muster.command.eventstore.EventSession;
import dev.muster.command.eventstore.PostgreSqlEventStorageEngine;
import dev.muster.command.eventstore.PostgreSqlSettings;
import dev.muster.command.instance.EventOrigin;
import dev.muster.events.envelope.Correlation;
import dev.muster.events.envelope.RecordedEvent;
import dev.muster.events.instance.Ids;
import dev.muster.events.instance.InstanceEvent.CreationRequested;
import dev.muster.events.instance.InstanceSpec;
import dev.muster.infrastructure.TestServers;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

/** A reader of the global order, on a real PostgreSQL. */
class EventTailTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Instant AT = Instant.parse("2026-03-01T10:00:00Z");

  private static final Duration LEASE = Duration.ofSeconds(1);

  private final Recorder recorder = new Recorder();
  private String url = "";
  private EventDatabase database;
  private PostgreSqlEventStorageEngine engine;
  private EventTail tail;

  @BeforeEach
  void open() throws SQLException {
    url = TestServers.shared().postgres().newDatabase();
    database = open(url);
    try (var session = database.session("test");
        var statement = session.createStatement()) {
      statement.execute("create table taken (position bigint primary key)");
    }
    engine = new PostgreSqlEventStorageEngine(database);
    tail = new EventTail(database, recorder, LEASE);
  }

  @AfterEach
  void close() throws InterruptedException {
    tail.stop();
    engine.close();
    database.close();
  }

  @Test
  void everything_is_taken_in_order_also_what_was_there_before() {
    append(3);
    tail.start();
    await().atMost(PATIENCE).until(() -> recorder.taken.size() == 3);
    append(1_200);

    await().atMost(PATIENCE).until(() -> recorder.taken.size() == 1_203);
    assertThat(recorder.taken).isEqualTo(LongStream.range(0, 1_203).boxed().toList());
  }

  @Test
  void a_reader_that_never_comes_to_its_end_keeps_no_notices_of_what_it_reads() throws Exception {
    try (var session = EventSession.open(database, "busy")) {
      for (int i = 0; i < 50; i++) {
        append(1);
        session.read(0, 1);
      }

      assertThat(session.connection().unwrap(PGConnection.class).getNotifications())
          .hasSizeLessThan(10);
    }
  }

  @Test
  void a_session_that_waits_for_no_append_hears_of_none() throws Exception {
    try (var session = EventSession.open(database, "deaf")) {
      for (int i = 0; i < 50; i++) {
        append(1);
        session.nextPosition("deaf");
      }

      assertThat(session.connection().unwrap(PGConnection.class).getNotifications()).isEmpty();
    }
  }

  @Test
  void what_failed_comes_again_and_nothing_is_left_out() {
    recorder.failures = 2;
    append(5);

    tail.start();

    await().atMost(PATIENCE).until(() -> recorder.taken.size() == 5);
    assertThat(recorder.taken).containsExactly(0L, 1L, 2L, 3L, 4L);
    assertThat(recorder.failures).isZero();
  }

  @Test
  void a_reader_that_stands_still_is_not_ready() {
    recorder.failures = Integer.MAX_VALUE;
    append(1);

    tail.start();

    await()
        .atMost(PATIENCE)
        .until(() -> tail.missing().orElse("").startsWith("stands still before event 0"));
    recorder.failures = 0;
    await().atMost(PATIENCE).until(() -> tail.missing().isEmpty());
    assertThat(recorder.taken).containsExactly(0L);
  }

  @Test
  void a_restarted_reader_goes_on_where_it_was() {
    append(2);
    tail.start();
    await().atMost(PATIENCE).until(() -> recorder.taken.size() == 2);
    tail.stop();
    append(2);

    tail.start();

    await().atMost(PATIENCE).until(() -> recorder.taken.size() == 4);
    assertThat(recorder.taken).containsExactly(0L, 1L, 2L, 3L);
  }

  @Test
  void of_two_readers_of_a_name_one_reads_and_the_other_takes_over() {
    var otherRecorder = new Recorder();
    var other = new EventTail(database, otherRecorder);
    append(2);
    tail.start();
    await().atMost(PATIENCE).until(() -> recorder.taken.size() == 2);
    try {
      other.start();
      await().atMost(PATIENCE).until(() -> other.missing().isEmpty());
      append(2);
      await().atMost(PATIENCE).until(() -> recorder.taken.size() == 4);
      tail.stop();
      append(1);

      await().atMost(PATIENCE).until(() -> otherRecorder.taken.size() == 1);
      assertThat(otherRecorder.taken).containsExactly(4L);
    } finally {
      other.stop();
    }
  }

  @Test
  void a_reader_that_lost_its_network_is_replaced_and_stands_by_when_it_is_back() throws Exception {
    var lostRecorder = new Recorder();
    try (var cable = new Cable(url);
        var cabled = open(cable.jdbcUrl())) {
      var lost = new EventTail(cabled, lostRecorder, LEASE);
      lost.start();
      append(2);
      await().atMost(PATIENCE).until(() -> lostRecorder.taken.size() == 2);
      tail.start();

      cable.cut();
      append(1);
      await().atMost(PATIENCE).until(() -> recorder.taken.size() == 1);
      cable.mend();

      append(1);
      await().atMost(PATIENCE).until(() -> recorder.taken.size() == 2);
      assertThat(recorder.taken).containsExactly(2L, 3L);
      assertThat(lostRecorder.taken).containsExactly(0L, 1L);
      tail.stop();
      append(1);
      await().atMost(PATIENCE).until(() -> lostRecorder.taken.size() == 3);
      assertThat(lostRecorder.taken).containsExactly(0L, 1L, 4L);
      assertThat(lost.missing()).isEmpty();
      lost.stop();
    }
  }

  @Test
  void what_a_reader_did_when_it_lost_its_network_is_undone_and_done_by_the_next()
      throws Exception {
    var lostRecorder = new Recorder();
    try (var cable = new Cable(url);
        var cabled = open(cable.jdbcUrl())) {
      var lost = new EventTail(cabled, lostRecorder, LEASE);
      lostRecorder.release = new CountDownLatch(1);
      lost.start();
      append(2);
      await().atMost(PATIENCE).until(() -> lostRecorder.taken.size() == 2);
      tail.start();

      cable.cut();
      await().atMost(PATIENCE).until(() -> recorder.taken.size() == 2);
      lostRecorder.release.countDown();
      cable.mend();

      tail.stop();
      append(1);
      await().atMost(PATIENCE).until(() -> lostRecorder.taken.contains(2L));
      await().atMost(PATIENCE).until(() -> committed().equals(List.of(0L, 1L, 2L)));
      lost.stop();
    }
  }

  @Test
  void a_reader_that_takes_its_time_keeps_the_lead() {
    recorder.release = new CountDownLatch(1);
    var otherRecorder = new Recorder();
    var other = new EventTail(database, otherRecorder, LEASE);
    tail.start();
    append(1);
    await().atMost(PATIENCE).until(() -> recorder.taken.size() == 1);
    try {
      other.start();

      await()
          .during(LEASE.multipliedBy(3))
          .atMost(PATIENCE)
          .until(() -> otherRecorder.taken.isEmpty());
      recorder.release.countDown();

      await().atMost(PATIENCE).until(() -> committed().equals(List.of(0L)));
    } finally {
      other.stop();
    }
  }

  private List<Long> committed() throws SQLException {
    try (var session = database.session("test");
        var rows = session.createStatement().executeQuery("select position from taken")) {
      var found = new ArrayList<Long>();
      while (rows.next()) {
        found.add(rows.getLong(1));
      }
      return found;
    }
  }

  private static EventDatabase open(String url) {
    var server = TestServers.shared().postgres();
    return EventDatabase.open(
        new PostgreSqlSettings(url, server.username(), server.password(), null, null));
  }

  private void append(int count) {
    var events =
        LongStream.range(0, count)
            .mapToObj(
                _ -> {
                  var id = Ids.newInstance();
                  var creation =
                      new CreationRequested(
                          id, "op_1", InstanceSpec.bot("bot", "us-east-1"), AT, AT);
                  return new GenericDomainEventMessage<>(
                      "Instance",
                      id,
                      0,
                      creation,
                      EventOrigin.metaData(Correlation.platform("test")));
                })
            .toList();
    engine.appendEvents(events);
  }

  private static final class Recorder implements EventSubscriber {

    private final List<Long> taken = new CopyOnWriteArrayList<>();
    private volatile int failures;
    private volatile CountDownLatch release = new CountDownLatch(0);

    @Override
    public String name() {
      return "recorder";
    }

    @Override
    public void take(Connection transaction, List<RecordedEvent> events) throws Exception {
      if (failures > 0) {
        failures--;
        throw new IllegalStateException("as the test wants it");
      }
      for (var event : events) {
        try (var statement = transaction.createStatement()) {
          statement.execute("insert into taken values (%d)".formatted(event.position()));
        }
        taken.add(event.position());
      }
      release.await();
    }
  }
}
