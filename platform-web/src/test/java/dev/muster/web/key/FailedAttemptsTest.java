package dev.muster.web.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class FailedAttemptsTest {

  private final Queue<Runnable> due = new ArrayDeque<>();
  private final FailedAttempts failures = new FailedAttempts(due::add);

  @Test
  void an_address_that_guesses_is_told_to_wait_and_another_is_not() {
    IntStream.range(0, 3_000).forEach(_ -> failures.add("198.51.100.1", "unknown key"));

    assertThat(failures.add("198.51.100.1", "unknown key")).isPositive();
    assertThat(failures.add("198.51.100.2", "unknown key")).isZero();
  }

  @Test
  void addresses_of_one_customer_are_one() {
    IntStream.range(0, 3_000)
        .forEach(i -> failures.add("2001:db8:0:1:0:0:0:" + Integer.toHexString(i), "unknown key"));

    assertThat(failures.add("2001:db8:0:1:ffff:0:0:1", "unknown key")).isPositive();
    assertThat(failures.add("2001:db8:0:2:0:0:0:1", "unknown key")).isZero();
  }

  @Test
  void many_failures_are_a_line_at_once_and_one_a_minute_with_their_number(CapturedOutput output) {
    IntStream.range(0, 3_000).forEach(_ -> failures.add("198.51.100.3", "unknown key"));
    aMinutePasses();
    IntStream.range(0, 5).forEach(_ -> failures.add("198.51.100.3", "unknown key"));
    aMinutePasses();

    assertThat(lines(output, "198.51.100.3"))
        .extracting(line -> line.substring(line.indexOf("failures=")))
        .containsExactly("failures=1", "failures=2999", "failures=5");
  }

  @Test
  void who_has_stopped_is_forgotten_and_nothing_is_due(CapturedOutput output) {
    failures.add("198.51.100.4", "unknown key");
    aMinutePasses();

    assertThat(due).isEmpty();
    failures.add("198.51.100.4", "unknown key");
    assertThat(lines(output, "198.51.100.4")).hasSize(2).allMatch(line -> line.endsWith("=1"));
  }

  @Test
  void many_addresses_are_few_lines(CapturedOutput output) {
    IntStream.range(0, 5_000)
        .forEach(i -> failures.add("10.9.%d.%d".formatted(i / 250, i % 250), "unknown key"));
    aMinutePasses();

    assertThat(lines(output, "10.9.")).hasSize(30);
    assertThat(lines(output, "others")).singleElement().asString().endsWith("failures=4970");
  }

  private void aMinutePasses() {
    due.remove().run();
  }

  private static List<String> lines(CapturedOutput output, String address) {
    return output.getOut().lines().filter(line -> line.contains("source_ip=" + address)).toList();
  }
}
