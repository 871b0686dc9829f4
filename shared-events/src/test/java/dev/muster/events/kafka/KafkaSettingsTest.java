package dev.muster.events.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KafkaSettingsTest {

  @ParameterizedTest
  @CsvSource({"localhost:9092, 1, 1", "'a:1,b:2', 64, 3", "[::1]:9092, 1, 1", "a:1, 10000, 10"})
  void what_a_broker_can_do_is_accepted(String servers, int partitions, short replication) {
    assertThat(new KafkaSettings(servers, partitions, replication))
        .extracting(
            KafkaSettings::bootstrapServers, KafkaSettings::partitions, KafkaSettings::replication)
        .containsExactly(servers, partitions, replication);
  }

  @ParameterizedTest
  @CsvSource({
    "'',  64, 1, muster.kafka.bootstrap-servers is empty",
    "' ', 64, 1, muster.kafka.bootstrap-servers is empty",
    "a,   64, 1, 'muster.kafka.bootstrap-servers is ''a''; it takes host:port[,host:port…]'",
    "a:b, 64, 1, 'muster.kafka.bootstrap-servers is ''a:b''; it takes host:port[,host:port…]'",
    "'a:1,', 64, 1, 'muster.kafka.bootstrap-servers is ''a:1,''; it takes host:port[,host:port…]'",
    "a:1, 0, 1, muster.kafka.partitions is 0; it takes 1..10000",
    "a:1, -1, 1, muster.kafka.partitions is -1; it takes 1..10000",
    "a:1, 10001, 1, muster.kafka.partitions is 10001; it takes 1..10000",
    "a:1, 64, 0, muster.kafka.replication is 0; it takes 1..10",
    "a:1, 64, 11, muster.kafka.replication is 11; it takes 1..10"
  })
  void a_bad_setting_is_named_with_what_it_takes(
      String servers, int partitions, short replication, String message) {
    assertThatThrownBy(() -> new KafkaSettings(servers, partitions, replication))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }
}
