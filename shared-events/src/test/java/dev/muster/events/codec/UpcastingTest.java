package dev.muster.events.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.events.Samples;
import dev.muster.events.envelope.EncodedEvent;
import dev.muster.events.instance.InstanceEvent.InstanceStarted;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** A type of three revisions, made up, because no real one has an older revision yet. */
class UpcastingTest {

  private static final String TYPE = "ExampleStarted";
  private static final EventType IN_REVISION_3 = new EventType(TYPE, 3, InstanceStarted.class);
  private static final Upcaster LONG_NAMES =
      new Upcaster(
          TYPE, 1, json -> renamed(renamed(json, "id", "instance_id"), "op", "operation_id"));
  private static final Upcaster HOST_AND_TIME =
      new Upcaster(
          TYPE,
          2,
          json ->
              renamed(json, "node", "host")
                  .put("at", Instant.ofEpochSecond(json.get("at").asLong()).toString()));

  private final EventCodec codec =
      new EventCodec(List.of(IN_REVISION_3), List.of(LONG_NAMES, HOST_AND_TIME));

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void an_older_revision_is_lifted_step_by_step(int revision) throws IOException {
    var stored = new EncodedEvent(TYPE, revision, stored(revision));

    assertThat(codec.decode(stored))
        .isEqualTo(
            new InstanceStarted(
                Samples.INSTANCE,
                Samples.OPERATION,
                Samples.HOST,
                Instant.parse("2026-03-14T09:26:53Z")));
  }

  @Test
  void lifting_leaves_the_stored_bytes_alone() throws IOException {
    var stored = new EncodedEvent(TYPE, 1, stored(1));

    codec.decode(stored);

    assertThat(stored.data()).isEqualTo(stored(1));
  }

  @Test
  void what_is_written_today_has_todays_revision() {
    var started =
        new InstanceStarted(Samples.INSTANCE, Samples.OPERATION, Samples.HOST, Samples.AT);

    var encoded = codec.encode(started);

    assertThat(encoded.revision()).isEqualTo(3);
    assertThat(codec.decode(encoded)).isEqualTo(started);
  }

  @Test
  void a_gap_between_the_revisions_is_named() throws IOException {
    var gap = new EventCodec(List.of(IN_REVISION_3), List.of(LONG_NAMES));

    assertRefused(gap, 1, stored(1), "nothing lifts ExampleStarted from revision 2");
  }

  @Test
  void a_revision_before_the_first_is_refused() throws IOException {
    assertRefused(codec, 0, stored(1), "nothing lifts ExampleStarted from revision 0");
  }

  @Test
  void a_revision_from_the_future_asks_for_an_upgrade() throws IOException {
    assertRefused(
        codec,
        4,
        stored(1),
        "ExampleStarted has revision 4, and this version reads up to 3: upgrade it");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "null", "[]", "\"text\"", "{}", "{\"id\":1}"})
  void what_cannot_be_lifted_says_so(String json) {
    assertThatThrownBy(() -> codec.decode(encoded(1, json)))
        .isInstanceOf(UnreadableMessageException.class)
        .hasMessage("ExampleStarted of revision 1 cannot be lifted");
  }

  @Test
  void what_is_incomplete_after_lifting_names_the_field() {
    assertThatThrownBy(() -> codec.decode(encoded(2, "{\"node\":\"box-1\",\"at\":1}")))
        .isInstanceOf(UnreadableMessageException.class)
        .hasMessageContaining("InstanceStarted")
        .hasMessageContaining("'instance_id'");
  }

  private static void assertRefused(EventCodec codec, int revision, byte[] json, String message) {
    assertThatThrownBy(() -> codec.decode(new EncodedEvent(TYPE, revision, json)))
        .isInstanceOf(UnreadableMessageException.class)
        .hasMessage(message);
  }

  private static EncodedEvent encoded(int revision, String json) {
    return new EncodedEvent(TYPE, revision, json.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] stored(int revision) throws IOException {
    return Files.readAllBytes(
        Path.of("src/test/resources/golden/old", TYPE + "." + revision + ".json"));
  }

  private static ObjectNode renamed(ObjectNode json, String from, String to) {
    json.set(to, json.required(from));
    json.remove(from);
    return json;
  }
}
