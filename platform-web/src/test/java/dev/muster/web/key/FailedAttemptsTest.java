package dev.muster.web.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class FailedAttemptsTest {

  private final FailedAttempts failures = new FailedAttempts();

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
  void many_failures_are_few_lines(CapturedOutput output) {
    IntStream.range(0, 3_000).forEach(_ -> failures.add("198.51.100.3", "unknown key"));

    assertThat(output.getOut().lines().filter(line -> line.contains("source_ip=198.51.100.3")))
        .hasSize(12)
        .last()
        .asString()
        .contains("failures=1000");
  }

  @Test
  void many_addresses_are_few_lines(CapturedOutput output) {
    IntStream.range(0, 5_000)
        .forEach(i -> failures.add("10.9.%d.%d".formatted(i / 250, i % 250), "unknown key"));

    assertThat(output.getOut().lines().filter(line -> line.contains("source_ip=10.9.")))
        .hasSizeBetween(100, 200);
  }
}
