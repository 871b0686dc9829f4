package dev.muster.web.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProblemDocsTest {

  @ParameterizedTest
  @EnumSource
  void every_problem_is_documented_with_its_status(ProblemType type) throws Exception {
    var docs = Files.readString(Path.of("..", "docs", "problems.md"));

    assertThat(docs).contains("| `%s` | %d |".formatted(type.uri(), type.status()));
  }
}
