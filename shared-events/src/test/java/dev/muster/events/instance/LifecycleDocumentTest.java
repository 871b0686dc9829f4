package dev.muster.events.instance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.events.codec.EventType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page that people read says what the code does. */
class LifecycleDocumentTest {

  private static final Path PAGE = Path.of("../docs/lifecycle.md");

  @Test
  void its_table_is_that_of_the_code() throws IOException {
    assertThat(Files.readString(PAGE))
        .contains("<!-- table: begin -->\n" + table() + "\n<!-- table: end -->\n");
  }

  @Test
  void it_explains_every_status_and_every_event() throws IOException {
    var explained = Files.readAllLines(PAGE);

    assertThat(explained.stream().map(LifecycleDocumentTest::firstCell))
        .containsAll(Arrays.stream(InstanceStatus.values()).map(each -> "`" + each + "`").toList())
        .containsAll(EventType.ALL.stream().map(type -> "`" + type.name() + "`").toList());
  }

  private static String table() {
    var kinds = OperationKind.values();
    return Stream.concat(
            Stream.of(
                row("status", Arrays.stream(kinds).map(OperationKind::toString)),
                row("---", Arrays.stream(kinds).map(_ -> "---"))),
            Arrays.stream(Stage.values())
                .map(
                    stage -> row("`" + stage + "`", Arrays.stream(kinds).map(k -> word(stage, k)))))
        .collect(Collectors.joining("\n"));
  }

  private static String row(String first, Stream<String> others) {
    return Stream.concat(Stream.of(first), others).collect(Collectors.joining(" | ", "| ", " |"));
  }

  private static String word(Stage stage, OperationKind kind) {
    return switch (Lifecycle.verdict(stage, kind)) {
      case ALLOWED -> "yes";
      case ALREADY -> "already";
      case REFUSED -> "no";
    };
  }

  private static String firstCell(String line) {
    return line.startsWith("| ") ? line.substring(2, line.indexOf(" |", 2)) : "";
  }
}
