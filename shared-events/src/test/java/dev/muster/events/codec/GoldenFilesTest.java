package dev.muster.events.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.events.Message;
import dev.muster.events.Samples;
import dev.muster.events.access.ApiKeyEvent;
import dev.muster.events.envelope.EncodedEvent;
import dev.muster.events.instance.InstanceEvent;
import dev.muster.events.operator.OperatorEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The wire format, to the byte. A file is never changed once released: a new shape is a new
 * revision with a file of its own, and the old file moves to {@code old}, to be read through the
 * upcasters.
 */
class GoldenFilesTest {

  private static final Path GOLDEN = Path.of("src/test/resources/golden");
  private static final Path SPARSE = GOLDEN.resolve("sparse");
  private static final Path OLD = GOLDEN.resolve("old");

  private final EventCodec codec = new EventCodec();
  private final ApiKeyEventCodec keyCodec = new ApiKeyEventCodec();
  private final OperatorEventCodec operatorCodec = new OperatorEventCodec();

  @ParameterizedTest
  @MethodSource("dev.muster.events.Samples#full")
  void a_message_is_written_as_its_golden_file_has_it(Message message) throws IOException {
    assertThat(Files.readAllBytes(GOLDEN.resolve(message.fileName()))).isEqualTo(bytes(message));
  }

  @ParameterizedTest
  @MethodSource("dev.muster.events.Samples#full")
  void a_golden_file_is_read_as_the_message_it_was(Message message) throws IOException {
    assertThat(read(GOLDEN.resolve(message.fileName()), message)).isEqualTo(message.value());
  }

  @ParameterizedTest
  @MethodSource("dev.muster.events.Samples#sparse")
  void what_is_null_is_left_out(Message message) throws IOException {
    assertThat(Files.readAllBytes(SPARSE.resolve(message.fileName()))).isEqualTo(bytes(message));
  }

  @ParameterizedTest
  @MethodSource("dev.muster.events.Samples#sparse")
  void what_is_left_out_is_read_as_null(Message message) throws IOException {
    assertThat(read(SPARSE.resolve(message.fileName()), message)).isEqualTo(message.value());
  }

  @Test
  void every_revision_of_every_type_has_a_golden_file_and_there_are_no_others() throws IOException {
    assertThat(fileNames(GOLDEN)).containsExactlyInAnyOrderElementsOf(names(Samples.full()));
    assertThat(fileNames(SPARSE)).containsExactlyInAnyOrderElementsOf(names(Samples.sparse()));
    assertThat(fileNames(OLD))
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(
                    Stream.of("ExampleStarted.1.json", "ExampleStarted.2.json"),
                    Samples.full().flatMap(GoldenFilesTest::olderRevisions))
                .toList());
  }

  @ParameterizedTest
  @MethodSource("everyRevision")
  void every_revision_of_an_event_can_still_be_read(EventType type, int revision)
      throws IOException {
    var folder = revision == type.revision() ? GOLDEN : OLD;
    var json = Files.readAllBytes(folder.resolve(type.name() + "." + revision + ".json"));

    var event = codec.decode(new EncodedEvent(type.name(), revision, json));

    assertThat(codec.nameOf(event)).isEqualTo(type.name());
  }

  static Stream<Arguments> everyRevision() {
    return EventType.ALL.stream()
        .flatMap(
            type ->
                IntStream.rangeClosed(1, type.revision())
                    .mapToObj(revision -> Arguments.of(type, revision)));
  }

  private static Stream<String> olderRevisions(Message message) {
    return IntStream.range(1, message.revision())
        .mapToObj(revision -> message.type() + "." + revision + ".json");
  }

  private static List<String> names(Stream<Message> messages) {
    return messages.map(Message::fileName).toList();
  }

  private static Set<String> fileNames(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> file.getFileName().toString())
          .collect(Collectors.toSet());
    }
  }

  private Object read(Path file, Message message) throws IOException {
    var json = Files.readAllBytes(file);
    var encoded = new EncodedEvent(message.type(), message.revision(), json);
    return switch (message.value()) {
      case InstanceEvent _ -> codec.decode(encoded);
      case ApiKeyEvent _ -> keyCodec.decode(encoded);
      case OperatorEvent _ -> operatorCodec.decode(encoded);
      case Object it -> Json.read(json, it.getClass());
    };
  }

  private byte[] bytes(Message message) {
    return switch (message.value()) {
      case InstanceEvent it -> codec.encode(it).data();
      case ApiKeyEvent it -> keyCodec.encode(it).data();
      case OperatorEvent it -> operatorCodec.encode(it).data();
      case Object it -> Json.write(it);
    };
  }
}
