package dev.muster.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.events.audit.AuditRecords;
import dev.muster.events.audit.AuditRecords.Message;
import dev.muster.events.kafka.KafkaSettings;
import dev.muster.events.kafka.TestKafka;
import dev.muster.events.kafka.Topics;
import dev.muster.infrastructure.EmbeddedKafka;
import dev.muster.infrastructure.PostgresServer;
import dev.muster.infrastructure.TestServers;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A PostgreSQL that was put back from a backup, with topics that know what came after it. */
class EventRecoveryTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String EVENTS = "select * from event order by position";
  private static final String SALTS =
      "select * from audit_salt where position < (select next from event_counter) order by"
          + " position";

  @TempDir static Path folder;

  private static final PostgresServer POSTGRES = TestServers.shared().postgres();
  private static EmbeddedKafka kafka;
  private static RestOfThePlatform rest;
  private static String live;
  private static String backup;
  private static String key;

  /** Each creation is two events, each key one. */
  @BeforeAll
  static void make_a_backup_and_go_on() throws Exception {
    kafka = EmbeddedKafka.start(folder, 0);
    rest = RestOfThePlatform.start(kafka.bootstrapServers());
    live = POSTGRES.newDatabase();
    try (var service = start(live)) {
      create(service, 3);
      await().atMost(PATIENCE).until(() -> checkpoint().size() == 6);
    }
    backup = copy(live);
    try (var service = start(live)) {
      create(service, 3);
      var issued = service.post("/api/keys", "{\"name\": \"k\", \"scopes\": [\"operate\"]}");
      assertThat(issued.statusCode()).isEqualTo(201);
      key = issued.body().replaceFirst(".*\"key\":\"([^\"]+)\".*", "$1");
      await().atMost(PATIENCE).until(() -> checkpoint().size() == 13);
    }
  }

  @AfterAll
  static void stop() throws Exception {
    rest.close();
    kafka.close();
  }

  @Test
  void it_takes_no_command_and_signs_nothing() throws Exception {
    var database = copy(backup);
    var before = rows(database, EVENTS);
    var signed = checkpoint();

    try (var service = starting(database)) {
      var health = service.get("/healthz");
      assertThat(health.statusCode()).isEqualTo(503);
      assertThat(health.body())
          .contains("event-store-behind", "was PostgreSQL put back from a backup?");
      assertThat(service.post("/api/instances").statusCode()).isEqualTo(503);
      assertThat(
              service.post("/api/keys", "{\"name\": \"k\", \"scopes\": [\"read\"]}").statusCode())
          .isEqualTo(503);
    }

    assertThat(rows(database, EVENTS)).isEqualTo(before);
    assertThat(checkpoint()).isEqualTo(signed);
  }

  @Test
  void what_it_lacks_comes_back_from_the_topics_and_it_goes_on() throws Exception {
    assertRecovers(copy(backup));
  }

  @Test
  void an_empty_one_gets_everything_back() throws Exception {
    assertRecovers(POSTGRES.newDatabase());
  }

  @Test
  void entries_that_do_not_lead_to_what_was_signed_are_not_taken() throws Exception {
    var database = copy(backup);
    execute(
        database, "update audit_tree set subtrees = decode(repeat('00', length(subtrees)), 'hex')");
    var before = rows(database, EVENTS);

    try (var service = starting(database, "muster.recover=true")) {
      await()
          .atMost(PATIENCE)
          .until(() -> service.get("/healthz").body().contains("does not lead to its checkpoint"));
      assertThat(service.post("/api/instances").statusCode()).isEqualTo(503);
    }

    assertThat(rows(database, EVENTS)).isEqualTo(before);
  }

  @Test
  void a_topic_of_the_audit_log_that_was_deleted_proves_nothing_and_is_made_again_to_the_byte()
      throws Exception {
    var database = copy(backup);
    try (var service = start(database, "muster.recover=true")) {
      assertThat(service.get("/healthz").statusCode()).isEqualTo(200);
    }
    var entries = entries();
    var signed = checkpoint();
    try (var admin = TestKafka.clients(KafkaSettings.of(kafka.bootstrapServers(), 8)).admin("t")) {
      admin.deleteTopics(List.of(Topics.AUDIT_LOG)).all().get();
    }

    try (var service = starting(copy(backup), "muster.recover=true")) {
      await()
          .atMost(PATIENCE)
          .until(() -> service.get("/healthz").body().contains("has no entries to check"));
    }
    try (var service = start(database)) {
      await().atMost(PATIENCE).until(() -> entries().size() >= entries.size());
      assertThat(entries()).containsAllEntriesOf(entries);
      create(service, 1);
      awaitSignedAfter(signed);
    }
  }

  private static void assertRecovers(String database) throws Exception {
    var lost = rows(live, EVENTS);
    var salts = rows(live, SALTS);
    var signed = checkpoint();

    try (var service = start(database, "muster.recover=true")) {
      assertThat(rows(database, EVENTS)).startsWith(lost.toArray(List[]::new));
      assertThat(rows(database, SALTS)).startsWith(salts.toArray(List[]::new));
      assertThat(rows(database, "select operation_id from operation_deadline")).isEmpty();
      assertThat(service.get("/healthz").body()).contains("\"alarms\":{}");
      assertThat(service.as(key, "POST", "/api/instances").statusCode()).isEqualTo(201);
      awaitSignedAfter(signed);
    }
  }

  private static void awaitSignedAfter(Message.Signed signed) {
    await().atMost(PATIENCE).until(() -> checkpoint().size() > signed.size());
  }

  private static void create(RunningCommandService service, int count) {
    for (int i = 0; i < count; i++) {
      assertThat(service.post("/api/instances").statusCode()).isEqualTo(201);
    }
  }

  private static RunningCommandService start(String database, String... settings) {
    var service = starting(database, settings);
    await().atMost(PATIENCE).until(() -> service.get("/healthz").statusCode() == 200);
    return service;
  }

  private static RunningCommandService starting(String database, String... settings) {
    return RunningCommandService.start(
        kafka.bootstrapServers(), database, POSTGRES.username(), POSTGRES.password(), settings);
  }

  private static Map<Long, String> entries() {
    var entries = new TreeMap<Long, String>();
    auditLog()
        .filter(Message.Sealed.class::isInstance)
        .map(message -> ((Message.Sealed) message).event())
        .forEach(one -> entries.put(one.event().position(), new String(one.entry(), UTF_8)));
    return entries;
  }

  private static Stream<Message> auditLog() {
    return new TopicContent(kafka.bootstrapServers(), Topics.AUDIT_LOG)
        .records().stream().map(AuditRecords::read);
  }

  private static Message.Signed checkpoint() {
    return auditLog()
        .filter(Message.Signed.class::isInstance)
        .map(Message.Signed.class::cast)
        .reduce((_, newer) -> newer)
        .orElse(new Message.Signed("", 0));
  }

  private static String copy(String database) throws SQLException {
    var made = POSTGRES.newDatabase();
    execute(POSTGRES.jdbcUrl(), "drop database \"%s\"".formatted(name(made)));
    execute(
        POSTGRES.jdbcUrl(),
        "create database \"%s\" template \"%s\"".formatted(name(made), name(database)));
    return made;
  }

  private static void execute(String database, String sql) throws SQLException {
    try (var connection =
            DriverManager.getConnection(database, POSTGRES.username(), POSTGRES.password());
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String name(String url) {
    return url.substring(url.lastIndexOf('/') + 1).replaceFirst("\\?.*", "");
  }

  private static List<List<String>> rows(String database, String query) throws SQLException {
    var found = new ArrayList<List<String>>();
    try (var connection =
            DriverManager.getConnection(database, POSTGRES.username(), POSTGRES.password());
        var statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      while (rows.next()) {
        var row = new ArrayList<String>();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          row.add(Objects.toString(rows.getString(i)));
        }
        found.add(row);
      }
    }
    return found;
  }
}
