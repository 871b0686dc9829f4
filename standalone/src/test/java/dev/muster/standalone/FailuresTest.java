package dev.muster.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.infrastructure.ServerStartException;
import org.junit.jupiter.api.Test;

class FailuresTest {

  @Test
  void a_cause_written_for_the_user_is_what_the_user_reads() {
    var server = new ServerStartException("PostgreSQL does not start", new RuntimeException("x"));
    var failure = new IllegalStateException("bean a\nbean b", new RuntimeException(server));
    assertThat(Failures.line(failure)).isEqualTo("PostgreSQL does not start");
  }

  @Test
  void otherwise_it_is_the_first_line_of_the_innermost_cause() {
    var failure = new IllegalStateException("outer", new RuntimeException("disk full\nat a\nat b"));
    assertThat(Failures.line(failure)).isEqualTo("disk full");
  }

  @Test
  void a_cause_without_words_is_named_by_its_kind() {
    assertThat(Failures.line(new IllegalStateException())).isEqualTo("IllegalStateException");
  }
}
