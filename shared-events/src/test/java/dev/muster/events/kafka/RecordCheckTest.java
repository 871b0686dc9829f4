package dev.muster.events.kafka;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordCheckTest {

  private static final RecordMac MAC = RecordMac.of("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");

  private final List<String> refused = new ArrayList<>();
  private @Nullable UnsignedRecords known =
      new UnsignedRecords(
          List.of(
              new UnsignedRecords.End(Topics.INSTANCE_EVENTS, "id", 0, 10),
              new UnsignedRecords.End(Topics.ACCESS_EVENTS, "id", 0, 10)));

  @Test
  void what_is_signed_is_taken_anywhere() {
    var signed = MAC.sign(new ProducerRecord<>(Topics.ACCESS_EVENTS, "k", new byte[] {1}));

    assertThat(check(received(signed.topic(), 0, 99, signed.headers()))).isTrue();
    assertThat(refused).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "instance-events, 0, 9, true, ''",
    "instance-events, 0, 10, false, 'instance-events 0 10 it has no MAC'",
    "instance-events, 1, 9, false, 'instance-events 1 9 it has no MAC'",
    "worker-orders, 0, 0, false, 'worker-orders 0 0 it has no MAC'",
    "access-events, 0, 9, false, ''",
    "access-events, 0, 10, false, 'access-events 0 10 it has no MAC'",
  })
  void without_a_code_only_what_is_of_an_earlier_version_is_taken(
      String topic, int partition, long offset, boolean taken, String told) {
    assertThat(check(received(topic, partition, offset, new RecordHeaders()))).isEqualTo(taken);
    assertThat(String.join("", refused)).isEqualTo(told);
  }

  @Test
  void before_anybody_knows_what_is_of_an_earlier_version_nothing_is_judged() {
    known = null;

    assertThatThrownBy(() -> check(received(Topics.INSTANCE_EVENTS, 0, 1, new RecordHeaders())))
        .isInstanceOf(KafkaException.class);
    assertThat(refused).isEmpty();
  }

  @Test
  void a_topic_that_was_made_anew_has_nothing_of_an_earlier_version() {
    var ends = UnsignedRecords.read(requireKnown().write().value());

    assertThat(ends).isEqualTo(known);
    assertThat(ends.of(Map.of(Topics.INSTANCE_EVENTS, "other", Topics.ACCESS_EVENTS, "id")).ends())
        .extracting(UnsignedRecords.End::topic)
        .containsExactly(Topics.ACCESS_EVENTS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "c2hvcnQ=", "no base64!"})
  void a_secret_that_is_none_is_refused_with_how_to_make_one(String secret) {
    assertThatThrownBy(() -> RecordMac.of(secret))
        .hasNoCause()
        .hasMessageStartingWith("muster.records.secret (MUSTER_RECORDS_SECRET) ")
        .hasMessageEndingWith("make one with: head -c 32 /dev/urandom | base64");
  }

  private UnsignedRecords requireKnown() {
    return requireNonNull(known);
  }

  private boolean check(ConsumerRecord<String, byte[]> record) {
    var former = new FormerRecords(() -> known);
    return new RecordCheck(
            MAC,
            former,
            (topic, partition, offset, why) ->
                refused.add("%s %d %d %s".formatted(topic, partition, offset, why)))
        .test(record);
  }

  private static ConsumerRecord<String, byte[]> received(
      String topic, int partition, long offset, Headers headers) {
    return new ConsumerRecord<>(
        topic,
        partition,
        offset,
        0,
        TimestampType.CREATE_TIME,
        1,
        1,
        "k",
        new byte[] {1},
        headers,
        Optional.empty());
  }
}
