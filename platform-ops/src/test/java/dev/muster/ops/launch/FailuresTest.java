package dev.muster.ops.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileNotFoundException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class FailuresTest {

  private final Failures failures = new Failures(List.of(UncheckedIOException.class));

  @Test
  void a_cause_written_for_the_user_is_what_the_user_reads() {
    var server =
        new UncheckedIOException("it does not start", new java.io.IOException("deep inside"));
    var failure = new IllegalStateException("bean a\nbean b", new RuntimeException(server));
    assertThat(failures.lines(failure)).containsExactly("it does not start");
    assertThat(failures.foreseen(failure)).isPresent();
  }

  @Test
  void every_reason_has_a_line() {
    var failure = new RuntimeException(new StartException(List.of("no a", "no b")));
    assertThat(failures.lines(failure)).containsExactly("no a", "no b");
  }

  @Test
  void otherwise_it_is_the_first_line_of_the_innermost_cause() {
    var failure = new IllegalStateException("outer", new RuntimeException("disk full\nat a\nat b"));
    assertThat(failures.lines(failure)).containsExactly("disk full");
    assertThat(failures.foreseen(failure)).isEmpty();
  }

  @Test
  void a_file_that_is_not_there_is_said_to_be_one() {
    var failure = new IllegalStateException("ssl", new FileNotFoundException("/etc/key.pem"));
    assertThat(failures.lines(failure))
        .containsExactly("a file that the settings name cannot be read: /etc/key.pem");
  }

  @Test
  void a_cause_without_words_is_named_by_its_kind() {
    assertThat(failures.lines(new IllegalStateException()))
        .containsExactly("IllegalStateException");
  }

  @Test
  void a_setting_of_the_wrong_type_is_named() {
    assertThat(failures.lines(bound("muster.size", "many", Size.class)))
        .singleElement()
        .asString()
        .startsWith("the setting muster.size is not as it should be: ")
        .contains("many");
  }

  @Test
  void a_setting_that_explains_itself_is_not_explained_again() {
    assertThat(failures.lines(bound("muster.size", "0", Size.class)))
        .containsExactly("muster.size is 0; it takes 1 or more");
  }

  record Size(int size) {
    Size {
      if (size < 1) {
        throw new IllegalArgumentException("muster.size is %d; it takes 1 or more".formatted(size));
      }
    }
  }

  private static Throwable bound(String name, String value, Class<?> type) {
    try {
      new Binder(new MapConfigurationPropertySource(Map.of(name, value))).bind("muster", type);
      throw new AssertionError("it was bound");
    } catch (RuntimeException e) {
      return e;
    }
  }
}
