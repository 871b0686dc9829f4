package dev.muster.events.codec;

import static dev.muster.events.codec.KafkaLoop.received;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.muster.events.Samples;
import dev.muster.events.outcome.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class OutcomeRecordsTest {

  private static final Outcome SUCCEEDED = Samples.outcomes().findFirst().orElseThrow();

  @Test
  void every_outcome_has_a_sample() {
    var records = Objects.requireNonNull(Outcome.class.getPermittedSubclasses());

    assertThat(Samples.outcomes().map(Object::getClass))
        .containsExactlyInAnyOrderElementsOf(Arrays.asList(records));
  }

  @Test
  void a_record_is_a_cloud_event_in_binary_mode() {
    var record = OutcomeRecords.write(SUCCEEDED);

    assertThat(record.topic()).isEqualTo("provisioning-outcomes");
    assertThat(record.key()).isEqualTo(Samples.INSTANCE);
    assertThat(record.value()).isEqualTo(Json.write(SUCCEEDED));
    assertThat(KafkaLoop.texts(record.headers()))
        .containsOnly(
            entry("ce_specversion", "1.0"),
            entry("ce_id", "out_01kkr3v5fc0a1b2c3d4e5f6g7h"),
            entry("ce_source", "/muster/workers"),
            entry("ce_type", "dev.muster.OperationSucceeded"),
            entry("ce_time", "2026-03-14T09:26:53.589793Z"),
            entry("ce_subject", "inst_01kkr3v5fa6y2n8q4w7t0m9c1d"),
            entry("ce_dataschema", "/schemas/OperationSucceeded.1"),
            entry("content-type", "application/json"));
  }

  @ParameterizedTest
  @MethodSource("dev.muster.events.Samples#outcomes")
  void an_outcome_survives_the_topic(Outcome outcome) {
    assertThat(OutcomeRecords.read(received(OutcomeRecords.write(outcome)))).isEqualTo(outcome);
  }

  @ParameterizedTest
  @CsvSource({
    "ce_type, dev.muster.InstanceStarted, no outcome 'InstanceStarted'",
    "ce_type, org.example.RunEnded, type 'org.example.RunEnded' is not of this platform",
    "ce_dataschema, /schemas/OperationSucceeded.2, 'OperationSucceeded has revision 2, and this"
        + " version reads up to 1: upgrade it'",
    "ce_dataschema, /schemas/x, dataschema '/schemas/x' names no revision",
    "ce_specversion, 9.9, provisioning-outcomes-3@17 is not a CloudEvent"
  })
  void a_record_of_another_kind_is_refused(String header, String value, String message) {
    assertThatThrownBy(() -> OutcomeRecords.read(with(header, value)))
        .isInstanceOf(UnreadableMessageException.class)
        .hasMessage(message);
  }

  @Test
  void data_of_another_outcome_is_refused() {
    assertThatThrownBy(() -> OutcomeRecords.read(with("ce_type", "dev.muster.RunEnded")))
        .isInstanceOf(UnreadableMessageException.class)
        .hasMessageStartingWith("not a RunEnded: ");
  }

  private static ConsumerRecord<String, byte[]> with(String header, String value) {
    var sent = OutcomeRecords.write(SUCCEEDED);
    sent.headers().remove(header).add(header, value.getBytes(StandardCharsets.UTF_8));
    return received(sent);
  }
}
