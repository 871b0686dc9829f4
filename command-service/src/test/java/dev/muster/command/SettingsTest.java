package dev.muster.command;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.command.start.CannotStartException;
import dev.muster.events.kafka.TestKafka;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.env.MockEnvironment;

/** What is wrong with settings is said before anything is opened. */
class SettingsTest {

  private final MockEnvironment environment =
      new MockEnvironment()
          .withProperty("muster.api-key", RunningCommandService.KEY)
          .withProperty("muster.audit.key", RunningCommandService.AUDIT_KEY)
          .withProperty("muster.records.secret", TestKafka.SECRET)
          .withProperty("muster.kafka.bootstrap-servers", "127.0.0.1:9092")
          .withProperty("muster.kafka.partitions", "8")
          .withProperty("muster.kafka.replication", "1")
          .withProperty("muster.kafka.fetch-wait", "1s")
          .withProperty("muster.kafka.username", "")
          .withProperty("muster.kafka.password", "")
          .withProperty("muster.kafka.sasl-mechanism", "SCRAM-SHA-256")
          .withProperty("muster.default-region", "us-east-1")
          .withProperty("muster.operation-deadline", "30s")
          .withProperty("muster.postgresql.url", "jdbc:postgresql://127.0.0.1:5432/muster");

  @Test
  void what_is_right_is_taken() {
    assertThatCode(() -> CommandServiceConfiguration.verify(environment))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "muster.postgresql.url          | \"\"            | muster.postgresql.url"
            + " (MUSTER_POSTGRESQL_URL) is missing",
        "muster.postgresql.url          | localhost       | muster.postgresql.url is 'localhost';"
            + " it takes jdbc:postgresql://host:port/database",
        "muster.postgresql.url          | jdbc:mysql://h/d | muster.postgresql.url is"
            + " 'jdbc:mysql://h/d'; it takes jdbc:postgresql://host:port/database",
        "muster.postgresql.url          | jdbc:postgresql://h:port/d | muster.postgresql.url is"
            + " 'jdbc:postgresql://h:port/d'; it takes jdbc:postgresql://host:port/database",
        "muster.postgresql.pool-size    | 1               | muster.postgresql.pool-size is 1; it"
            + " takes 2..200",
        "muster.postgresql.pool-size    | many            | muster.postgresql.pool-size is 'many';"
            + " it takes a whole number",
        "muster.postgresql.start-wait   | 2h              | muster.postgresql.start-wait is PT2H;"
            + " it takes 0s..1h",
        "muster.kafka.bootstrap-servers | \"\"            | muster.kafka.bootstrap-servers"
            + " (MUSTER_KAFKA_BOOTSTRAP_SERVERS) is missing",
        "muster.kafka.bootstrap-servers | localhost       | muster.kafka.bootstrap-servers is"
            + " 'localhost'; it takes host:port[,host:port…]",
        "muster.records.secret          | \"\"            | \"muster.records.secret"
            + " (MUSTER_RECORDS_SECRET) is missing: it takes 32 random bytes in base64, the same"
            + " at all services; make one with: head -c 32 /dev/urandom | base64\"",
        "muster.kafka.partitions        | 0               | muster.kafka.partitions is 0; it takes"
            + " 1..10000",
        "muster.kafka.replication       | 1.5             | muster.kafka.replication is '1.5'; it"
            + " takes a whole number",
        "muster.kafka.fetch-wait        | 31s             | muster.kafka.fetch-wait is PT31S; it"
            + " takes 100ms..30s",
        "muster.operation-deadline      | 0s              | muster.operation-deadline is PT0S; it"
            + " takes 1s..1h",
        "muster.operation-deadline      | soon            | muster.operation-deadline is 'soon'; it"
            + " takes a duration such as 30s",
        "muster.default-region          | \"\"            | muster.default-region is empty",
        "muster.commands-at-once        | 0               | muster.commands-at-once is 0; it takes"
            + " 1..10000",
        "muster.audit.key               | \"\"            | muster.audit.key (MUSTER_AUDIT_KEY) is"
            + " missing",
        "muster.audit.key               | name+c2VjcmV0   | muster.audit.key cannot be used: what"
            + " follows its '+' is not 32 bytes in base64",
        "muster.audit.checkpoint-interval | 1ms           | muster.audit.checkpoint-interval is"
            + " PT0.001S; it takes 100ms..1h",
        "muster.api-key                 | \"\"            | muster.api-key (MUSTER_API_KEY) is"
            + " missing",
      })
  void what_is_missing_or_senseless_is_named(String name, String value, String line) {
    environment.setProperty(name, value);

    assertThatThrownBy(() -> CommandServiceConfiguration.verify(environment))
        .isInstanceOf(CannotStartException.class)
        .hasMessage(line);
  }

  @Test
  void all_that_is_wrong_is_named_at_once() {
    environment.setProperty("muster.postgresql.url", "");
    environment.setProperty("muster.kafka.replication", "99");
    environment.setProperty("muster.operation-deadline", "2h");

    assertThatThrownBy(() -> CommandServiceConfiguration.verify(environment))
        .hasMessage(
            "muster.kafka.replication is 99; it takes 1..10;"
                + " muster.postgresql.url (MUSTER_POSTGRESQL_URL) is missing;"
                + " muster.operation-deadline is PT2H; it takes 1s..1h");
  }
}
