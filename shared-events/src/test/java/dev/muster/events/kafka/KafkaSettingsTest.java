package dev.muster.events.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KafkaSettingsTest {

  @ParameterizedTest
  @CsvSource({
    "localhost:9092, 1, 1, PT0.1S",
    "'a:1,b:2', 64, 3, PT1S",
    "[::1]:9092, 1, 1, PT30S",
    "a:1, 10000, 10, PT1S"
  })
  void what_a_broker_can_do_is_accepted(
      String servers, int partitions, short replication, Duration fetchWait) {
    assertThat(settings(servers, partitions, replication, fetchWait))
        .extracting(
            KafkaSettings::bootstrapServers,
            KafkaSettings::partitions,
            KafkaSettings::replication,
            KafkaSettings::fetchWait)
        .containsExactly(servers, partitions, replication, fetchWait);
  }

  @ParameterizedTest
  @CsvSource({
    "'',  64, 1, PT1S, muster.kafka.bootstrap-servers is empty",
    "' ', 64, 1, PT1S, muster.kafka.bootstrap-servers is empty",
    "a,   64, 1, PT1S, 'muster.kafka.bootstrap-servers is ''a''; it takes host:port[,host:port…]'",
    "a:b, 64, 1, PT1S, 'muster.kafka.bootstrap-servers is ''a:b''; it takes"
        + " host:port[,host:port…]'",
    "'a:1,', 64, 1, PT1S, 'muster.kafka.bootstrap-servers is ''a:1,''; it takes"
        + " host:port[,host:port…]'",
    "a:1, 0, 1, PT1S, muster.kafka.partitions is 0; it takes 1..10000",
    "a:1, -1, 1, PT1S, muster.kafka.partitions is -1; it takes 1..10000",
    "a:1, 10001, 1, PT1S, muster.kafka.partitions is 10001; it takes 1..10000",
    "a:1, 64, 0, PT1S, muster.kafka.replication is 0; it takes 1..10",
    "a:1, 64, 11, PT1S, muster.kafka.replication is 11; it takes 1..10",
    "a:1, 64, 1, PT0.099S, muster.kafka.fetch-wait is PT0.099S; it takes 100ms..30s",
    "a:1, 64, 1, PT31S, muster.kafka.fetch-wait is PT31S; it takes 100ms..30s"
  })
  void a_bad_setting_is_named_with_what_it_takes(
      String servers, int partitions, short replication, Duration fetchWait, String message) {
    assertThatThrownBy(() -> settings(servers, partitions, replication, fetchWait))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource({
    "muster, '', PLAIN, 'muster.kafka.username and muster.kafka.password are given together, or"
        + " neither'",
    "'', secret, PLAIN, 'muster.kafka.username and muster.kafka.password are given together, or"
        + " neither'",
    "muster, secret, GSSAPI, 'muster.kafka.sasl-mechanism is ''GSSAPI''; it takes PLAIN,"
        + " SCRAM-SHA-256, SCRAM-SHA-512'"
  })
  void half_a_login_or_an_unknown_mechanism_is_refused(
      String username, String password, String mechanism, String message) {
    assertThatThrownBy(
            () ->
                new KafkaSettings(
                    "a:1", 1, (short) 1, Duration.ofSeconds(1), username, password, mechanism))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void a_password_is_handed_on_whatever_is_in_it_and_printed_nowhere() {
    var settings = KafkaSettings.of("a:1", 1, "mus\"ter", "a\\b\"c");

    assertThat(settings.login().orElseThrow().clientConfig())
        .containsEntry(
            "sasl.jaas.config",
            "org.apache.kafka.common.security.scram.ScramLoginModule required"
                + " username=\"mus\\\"ter\" password=\"a\\\\b\\\"c\";");
    assertThat(settings + " " + settings.login()).doesNotContain("a\\b");
  }

  private static KafkaSettings settings(
      String servers, int partitions, short replication, Duration fetchWait) {
    return new KafkaSettings(servers, partitions, replication, fetchWait, "", "", "SCRAM-SHA-256");
  }
}
