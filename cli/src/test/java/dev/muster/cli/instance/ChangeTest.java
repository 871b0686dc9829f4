package dev.muster.cli.instance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ChangeTest {

  private static final Path PAGE = Path.of("../docs/lifecycle.md");

  @ParameterizedTest
  @EnumSource
  void what_is_allowed_is_what_the_page_says(Change change) throws IOException {
    var table = Files.readString(PAGE).split("<!-- table: (begin|end) -->")[1];
    var rows = table.lines().filter(line -> line.startsWith("|")).map(ChangeTest::cells).toList();
    int column = rows.getFirst().indexOf(change.verb());
    assertThat(column).isPositive();
    assertThat(rows.subList(2, rows.size()))
        .hasSize(6)
        .allSatisfy(
            row -> assertThat(change.allowedIn(in(row.getFirst()))).isEqualTo(row.get(column)));
  }

  private static NamedInstance in(String stage) {
    return new NamedInstance("inst_x", "x", stage.split(" ")[0], "r", stage.contains("deleted"), 1);
  }

  private static List<String> cells(String line) {
    return Arrays.stream(line.substring(1).split("\\|"))
        .map(cell -> cell.strip().replace("`", ""))
        .toList();
  }

  @Test
  void words_of_a_command_arrive_as_they_were_given() {
    assertThat(SshCommand.quoted("plain-word_1")).isEqualTo("plain-word_1");
    assertThat(SshCommand.quoted("it's $HOME")).isEqualTo("'it'\\''s $HOME'");
    assertThat(SshCommand.quoted("")).isEqualTo("''");
  }
}
