package dev.muster.events.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.events.Message;
import dev.muster.events.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Schema and codec are of one mind about what is well formed. */
class SchemaTest {

  private static final Path SCHEMAS = Path.of("src/main/resources/schemas");
  private static final String BROKEN = "dev.muster.events.codec.Broken#";

  @ParameterizedTest
  @MethodSource({"dev.muster.events.Samples#full", "dev.muster.events.Samples#sparse"})
  void what_is_written_is_valid(Message message) {
    assertThat(Schemas.faults(message, Broken.tree(message))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("dev.muster.events.Samples#full")
  void fields_of_a_newer_writer_are_let_through(Message message) {
    var newer = Broken.tree(message).put("not_known_yet", true);
    assertThat(Schemas.faults(message, newer)).isEmpty();
    assertThat(Json.read(newer, message.value().getClass())).isEqualTo(message.value());
  }

  @ParameterizedTest
  @MethodSource({
    BROKEN + "byOneMissingField",
    BROKEN + "byOneNull",
    BROKEN + "byOneWrongType",
    BROKEN + "byOneUnknownWord"
  })
  void what_is_broken_is_refused_by_both(Broken broken) {
    var type = broken.message().value().getClass();
    assertThat(Schemas.faults(broken.message(), broken.json())).isNotEmpty();
    assertThatThrownBy(() -> Json.read(broken.json(), type))
        .isInstanceOf(UnreadableMessageException.class)
        .hasMessageStartingWith("not a " + type.getSimpleName() + ": ");
  }

  @ParameterizedTest
  @MethodSource("dev.muster.events.Samples#full")
  void a_schema_is_well_formed_and_is_called_as_messages_call_it(Message message) {
    var schema = Schemas.of(message);
    assertThat(Schemas.faultsOf(schema)).isEmpty();
    assertThat(schema.get("$id").asString())
        .isEqualTo(CloudEvents.schema(message.type(), message.revision()).toString());
    assertThat(schema.get("title").asString()).isEqualTo(message.type());
  }

  @Test
  void every_revision_of_every_type_has_a_schema_and_there_are_no_others() throws IOException {
    try (var files = Files.list(SCHEMAS)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(Samples.full().flatMap(SchemaTest::files).toList());
    }
  }

  private static Stream<String> files(Message message) {
    return IntStream.rangeClosed(1, message.revision())
        .mapToObj(revision -> message.type() + "." + revision + ".json");
  }
}
