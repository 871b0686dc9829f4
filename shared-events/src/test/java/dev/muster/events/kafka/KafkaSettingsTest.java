package dev.muster.events.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
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
    assertThat(new KafkaSettings(servers, partitions, replication, fetchWait))
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
    assertThatThrownBy(() -> new KafkaSettings(servers, partitions, replication, fetchWait))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }
}
