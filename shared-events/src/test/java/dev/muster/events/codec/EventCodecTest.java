package dev.muster.events.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.events.Samples;
import dev.muster.events.envelope.EncodedEvent;
import dev.muster.events.instance.InstanceEvent;
import dev.muster.events.instance.InstanceEvent.InstancePaused;
import dev.muster.events.instance.InstanceEvent.OperationFailed;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventCodecTest {

  @ParameterizedTest
  @CsvSource({
    "pause, expired, true",
    "resume, expired, true",
    "pause, refused, false",
    "resume, refused, false",
    "restart, refused, true",
    "create, expired, true",
    "delete, superseded, false"
  })
  void a_failure_of_revision_1_leaves_what_it_left_then(String kind, String code, boolean error) {
    var stored =
        """
        {"instance_id":"inst_1","operation_id":"op_1","kind":"%s","code":"%s","reason":"no",
        "region":"us-east-1","at":"2026-03-14T09:26:53Z"}
        """
            .formatted(kind, code);

    var failed =
        new EventCodec().decode(new EncodedEvent("OperationFailed", 1, stored.getBytes(UTF_8)));

    assertThat(((OperationFailed) failed).leavesError()).isEqualTo(error);
  }

  private final EventCodec codec = new EventCodec();

  @Test
  void every_event_has_a_type_and_a_sample() {
    Object[] records = leaves(InstanceEvent.class).distinct().toArray();

    assertThat(EventType.ALL.stream().<Object>map(EventType::record))
        .containsExactlyInAnyOrder(records);
    assertThat(Samples.events().<Object>map(Object::getClass)).containsExactlyInAnyOrder(records);
  }

  @Test
  void names_are_given_once() {
    assertThat(EventType.ALL.stream().map(EventType::name)).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("dev.muster.events.Samples#events")
  void an_event_survives_the_codec(InstanceEvent event) {
    assertThat(codec.decode(codec.encode(event))).isEqualTo(event);
  }

  @Test
  void an_unknown_type_is_named() {
    assertThatThrownBy(() -> codec.decode(encoded("InstanceMoved", "{}")))
        .isInstanceOf(UnreadableMessageException.class)
        .hasMessage("no event type 'InstanceMoved'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "null",
        "7",
        "[]",
        "\"text\"",
        "{}",
        "{\"instance_id\":\"i\",\"operation_id\":\"o\"}",
        "{\"instance_id\":\"i\",\"operation_id\":\"o\",\"at\":\"2026-03-14T09:26:53Z\"} {}",
        "{\"instance_id\":\"i\",\"operation_id\":\"o\",\"at\":\"2026-03-14\"}"
      })
  void what_is_not_such_an_event_is_refused(String json) {
    assertThatThrownBy(() -> codec.decode(encoded("InstancePaused", json)))
        .isInstanceOf(UnreadableMessageException.class)
        .hasMessageStartingWith("not a InstancePaused: ");
  }

  @Test
  void bytes_that_are_not_utf_8_are_refused() {
    var json = "{\"instance_id\":\"ÿ\",\"operation_id\":\"o\",\"at\":\"2026-03-14T09:26:53Z\"}";
    var latin1 = new EncodedEvent("InstancePaused", 1, json.getBytes(StandardCharsets.ISO_8859_1));

    assertThatThrownBy(() -> codec.decode(latin1)).isInstanceOf(UnreadableMessageException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[null]", "[7]", "\"sh\"", "{\"0\":\"sh\"}"})
  void a_command_is_a_list_of_texts(String command) {
    var json =
        text(codec.encode(Samples.events().findFirst().orElseThrow()))
            .replaceFirst("\"command\":\\[[^]]*]", "\"command\":" + command);

    assertThatThrownBy(() -> codec.decode(encoded("CreationRequested", json)))
        .isInstanceOf(UnreadableMessageException.class);
  }

  @Test
  void times_of_another_offset_mean_the_same_instant() {
    var json =
        "{\"instance_id\":\"i\",\"operation_id\":\"o\",\"at\":\"2026-03-14T10:26:53.589793+01:00\"}";

    assertThat(codec.decode(encoded("InstancePaused", json)))
        .isEqualTo(new InstancePaused("i", "o", Samples.AT));
  }

  @Test
  void an_event_without_a_type_is_a_bug_and_says_where() {
    var empty = new EventCodec(List.of(), List.of());

    assertThatThrownBy(() -> empty.encode(Samples.events().findFirst().orElseThrow()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("CreationRequested is missing in EventType");
  }

  private static Stream<Class<?>> leaves(Class<?> type) {
    return type.isSealed()
        ? Arrays.stream(Objects.requireNonNull(type.getPermittedSubclasses()))
            .flatMap(EventCodecTest::leaves)
        : Stream.of(type);
  }

  private static EncodedEvent encoded(String type, String json) {
    return new EncodedEvent(type, 1, json.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(EncodedEvent encoded) {
    return new String(encoded.data(), StandardCharsets.UTF_8);
  }
}
