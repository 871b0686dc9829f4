package dev.muster.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.jayway.jsonpath.JsonPath;
import dev.muster.command.RestOfThePlatform.Hosts;
import dev.muster.events.kafka.KafkaSettings;
import dev.muster.events.kafka.TestKafka;
import dev.muster.infrastructure.EmbeddedKafka;
import dev.muster.infrastructure.TestServers;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the service starts and ends as a process. */
class ProcessTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private static Path kafkaFolder;
  @TempDir private Path folder;
  private static EmbeddedKafka kafka;
  private static RestOfThePlatform rest;

  @BeforeAll
  static void start() throws Exception {
    kafka = EmbeddedKafka.start(kafkaFolder, 0);
    rest = RestOfThePlatform.start(kafka.bootstrapServers());
  }

  @AfterAll
  static void stop() throws Exception {
    rest.close();
    kafka.close();
  }

  @Test
  void asked_to_stop_it_answers_who_waits_leaves_its_groups_and_ends_with_0() throws Exception {
    rest.hosts(Hosts.OBEY);
    try (var service = ServiceProcess.start(folder, settings(password(), 8));
        var http = HttpClient.newHttpClient()) {
      await().atMost(PATIENCE).until(service::isReady);
      String id = JsonPath.read(service.post(http, "/api/instances").get().body(), "$.id");
      await().atMost(PATIENCE).until(() -> published(id) == 2);
      rest.hosts(Hosts.SAY_NOTHING);
      var waiting = service.post(http, "/api/instances/" + id + "/pause");
      await().atMost(PATIENCE).until(() -> published(id) == 3);

      service.process().destroy();

      assertThat(waiting.get().statusCode()).isEqualTo(202);
      assertThat(service.exitStatus(PATIENCE)).isZero();
      assertThat(members("command-outcomes")).isZero();
      assertThat(members("command-outcomes-retries")).isZero();
      assertThat(Files.readString(service.err())).isEmpty();
    }
  }

  @Test
  void without_its_settings_it_ends_with_1_and_names_all_of_them() throws Exception {
    try (var service = ServiceProcess.start(folder)) {
      assertThat(service.exitStatus(PATIENCE)).isEqualTo(1);
      assertThat(Files.readString(service.err()))
          .startsWith("muster: ")
          .contains(
              "muster.kafka.bootstrap-servers (MUSTER_KAFKA_BOOTSTRAP_SERVERS) is missing",
              "muster.postgresql.url (MUSTER_POSTGRESQL_URL) is missing",
              "muster.api-key (MUSTER_API_KEY) is missing")
          .doesNotContain("\tat ");
    }
  }

  @Test
  void with_a_wrong_password_it_ends_with_1_and_one_line() throws Exception {
    try (var service = ServiceProcess.start(folder, settings("wrong", 8))) {
      assertThat(service.exitStatus(PATIENCE)).isEqualTo(1);
      assertThat(Files.readAllLines(service.err()))
          .singleElement()
          .asString()
          .startsWith("muster: PostgreSQL at jdbc:postgresql://")
          .contains("password authentication failed")
          .endsWith("to what the server knows");
    }
  }

  @Test
  void on_topics_that_are_not_as_configured_it_ends_with_1_and_says_what_to_do() throws Exception {
    try (var service = ServiceProcess.start(folder, settings(password(), 16))) {
      assertThat(service.exitStatus(PATIENCE)).isEqualTo(1);
      assertThat(Files.readAllLines(service.err()))
          .singleElement()
          .asString()
          .startsWith(
              "muster: topic instance-events has 8 partitions and muster.kafka.partitions is 16:"
                  + " set it to 8, or add partitions before any event is written; ");
    }
  }

  private static long published(String id) {
    return rest.seen().stream().filter(event -> event.subject().equals(id)).count();
  }

  private static int members(String group) throws Exception {
    try (var admin =
        TestKafka.clients(KafkaSettings.of(kafka.bootstrapServers(), 8)).admin("test")) {
      return admin
          .describeConsumerGroups(List.of(group))
          .describedGroups()
          .values()
          .iterator()
          .next()
          .get()
          .members()
          .size();
    }
  }

  private static String[] settings(String password, int partitions) {
    return new String[] {
      "muster.api-key=" + RunningCommandService.KEY,
      "muster.audit.key=" + RunningCommandService.AUDIT_KEY,
      "muster.records.secret=" + TestKafka.SECRET,
      "muster.kafka.bootstrap-servers=" + kafka.bootstrapServers(),
      "muster.kafka.partitions=" + partitions,
      "muster.postgresql.url=" + database(),
      "muster.postgresql.username=" + TestServers.shared().postgres().username(),
      "muster.postgresql.password=" + password
    };
  }

  private static String database() {
    return TestServers.shared().postgres().newDatabase();
  }

  private static String password() {
    return TestServers.shared().postgres().password();
  }
}
