package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExitTest {

  @ParameterizedTest
  @EnumSource
  void every_status_is_documented(Exit exit) throws IOException {
    assertThat(Files.readString(Path.of("../docs/cli.md")))
        .contains("| %d | %s |".formatted(exit.status(), exit.meaning()));
  }
}
