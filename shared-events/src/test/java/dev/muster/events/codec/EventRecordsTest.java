package dev.muster.events.codec;

import static dev.muster.events.codec.KafkaLoop.received;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.muster.events.Samples;
import dev.muster.events.envelope.Actor;
import dev.muster.events.envelope.Correlation;
import dev.muster.events.envelope.RecordedEvent;
import dev.muster.events.instance.InstanceEvent;
import dev.muster.events.instance.InstanceEvent.InstanceStarted;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventRecordsTest {

  private static final String EVENT = "ev_01kkr3v5fg0123456789abcdef";
  private static final InstanceEvent STARTED =
      new InstanceStarted(Samples.INSTANCE, Samples.OPERATION, Samples.HOST, Samples.AT);

  private final EventCodec codec = new EventCodec();

  @Test
  void a_record_is_a_cloud_event_in_binary_mode() {
    var record = EventRecords.write(recorded(STARTED, Samples.AT, Samples.CORRELATION));

    assertThat(record.topic()).isEqualTo("instance-events");
    assertThat(record.key()).isEqualTo(Samples.INSTANCE);
    assertThat(record.partition()).isNull();
    assertThat(record.value()).isEqualTo(codec.encode(STARTED).data());
    assertThat(KafkaLoop.texts(record.headers()))
        .containsOnly(
            entry("ce_specversion", "1.0"),
            entry("ce_id", "ev_01kkr3v5fg0123456789abcdef"),
            entry("ce_source", "/muster/instances"),
            entry("ce_type", "dev.muster.InstanceStarted"),
            entry("ce_time", "2026-03-14T09:26:53.589793Z"),
            entry("ce_subject", "inst_01kkr3v5fa6y2n8q4w7t0m9c1d"),
            entry("ce_dataschema", "/schemas/InstanceStarted.1"),
            entry("content-type", "application/json"),
            entry("ce_sequence", "7"),
            entry("ce_position", "41234"),
            entry("ce_actorid", "key_01kkr3v5f80123456789abcdef"),
            entry("ce_actorname", "Zoë Müller 王 🔑"),
            entry("ce_requestid", "req_01kkr3v5fd0123456789abcdef"),
            entry("ce_sourceip", "2001:db8::7"),
            entry("ce_causation", "out_01kkr3v5fe0123456789abcdef"),
            entry("ce_traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));
  }

  @ParameterizedTest
  @MethodSource("dev.muster.events.Samples#events")
  void an_event_survives_the_topic(InstanceEvent event) {
    var sent = recorded(event, Samples.AT, Samples.CORRELATION);

    var read = EventRecords.read(received(EventRecords.write(sent)));

    assertThat(read).usingRecursiveComparison().isEqualTo(sent);
    assertThat(codec.decode(read.encoded())).isEqualTo(event);
  }

  @Test
  void what_nobody_knows_stays_unknown() {
    var bare = new Correlation(new Actor("key_1", "k"), "req_1", null, null, null);
    var sent = recorded(STARTED, Samples.AT, bare);

    var read = EventRecords.read(received(EventRecords.write(sent)));

    assertThat(read.correlation()).isEqualTo(bare);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-03-14T09:26:00Z",
        "2026-03-14T09:26:53.000001Z",
        "2026-03-14T09:26:53.999999Z",
        "1970-01-01T00:00:00Z"
      })
  void times_survive_to_the_microsecond(Instant at) {
    var read =
        EventRecords.read(received(EventRecords.write(recorded(STARTED, at, Samples.CORRELATION))));

    assertThat(read.at()).isEqualTo(at);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Ωmega", "a=b; c\"d\", e", "línea\nnueva\ttab", "100 % 🤖", " x "})
  void names_survive_whatever_is_in_them(String name) {
    var correlation = new Correlation(new Actor("key_1", name), "req_1", null, null, null);
    var sent = recorded(STARTED, Samples.AT, correlation);

    var read = EventRecords.read(received(EventRecords.write(sent)));

    assertThat(read.correlation().actor().name()).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ce_specversion",
        "ce_id",
        "ce_source",
        "ce_type",
        "ce_time",
        "ce_subject",
        "ce_dataschema",
        "ce_sequence",
        "ce_position",
        "ce_actorid",
        "ce_actorname",
        "ce_requestid"
      })
  void a_record_without_a_needed_header_is_refused(String header) {
    assertRefused(with(header, null));
    assertRefused(withNull(header));
  }

  @ParameterizedTest
  @CsvSource({
    "ce_specversion, 9.9",
    "ce_type, org.example.InstanceStarted",
    "ce_time, yesterday",
    "ce_source, ':'",
    "ce_dataschema, /schemas/InstanceStarted",
    "ce_dataschema, /schemas/InstanceStarted.one",
    "ce_dataschema, /schemas/InstanceStarted.",
    "ce_dataschema, '%'",
    "ce_sequence, seven",
    "ce_sequence, 7.0",
    "ce_sequence, ''",
    "ce_position, 9223372036854775808",
    "content-type, application/cloudevents+json",
    "content-type, application/cloudevents+unknown"
  })
  void a_record_with_a_bad_header_is_refused(String header, String value) {
    assertRefused(with(header, value));
  }

  @Test
  void a_null_content_type_is_refused() {
    assertRefused(withNull("content-type"));
  }

  @Test
  void a_record_without_data_is_refused() {
    var sent = EventRecords.write(recorded(STARTED, Samples.AT, Samples.CORRELATION));

    assertRefused(received(sent, sent.headers(), null));
  }

  @Test
  void a_record_that_is_no_cloud_event_is_refused_and_says_where_it_is() {
    var sent = EventRecords.write(recorded(STARTED, Samples.AT, Samples.CORRELATION));

    assertThatThrownBy(() -> EventRecords.read(received(sent, new RecordHeaders(), sent.value())))
        .isInstanceOf(UnreadableMessageException.class)
        .hasMessage("instance-events-3@17 is not a CloudEvent");
  }

  private RecordedEvent recorded(InstanceEvent event, Instant at, Correlation correlation) {
    return new RecordedEvent(
        EVENT, event.instanceId(), 7, 41_234, at, correlation, codec.encode(event));
  }

  private ConsumerRecord<String, byte[]> with(String header, @Nullable String value) {
    var sent = EventRecords.write(recorded(STARTED, Samples.AT, Samples.CORRELATION));
    sent.headers().remove(header);
    if (value != null) {
      sent.headers().add(header, value.getBytes(StandardCharsets.UTF_8));
    }
    return received(sent);
  }

  @SuppressWarnings("NullAway") // Kafka allows null in a header; its types do not say so.
  private ConsumerRecord<String, byte[]> withNull(String header) {
    var sent = EventRecords.write(recorded(STARTED, Samples.AT, Samples.CORRELATION));
    sent.headers().remove(header).add(header, null);
    return received(sent);
  }

  private static void assertRefused(ConsumerRecord<String, byte[]> record) {
    assertThatThrownBy(() -> EventRecords.read(record))
        .isInstanceOf(UnreadableMessageException.class);
  }
}
