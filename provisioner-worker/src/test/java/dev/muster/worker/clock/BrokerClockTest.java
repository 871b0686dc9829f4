package dev.muster.worker.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class BrokerClockTest {

  private static final Instant BROKER = Instant.parse("2026-03-14T10:00:00Z");

  private final BrokerClock clock = new BrokerClock(() -> BROKER.plusSeconds(300));

  @Test
  void a_clock_that_is_ahead_is_set_back() {
    clock.heard(BROKER.plusSeconds(300), BROKER.plusSeconds(301), BROKER);

    assertThat(clock.skew()).isEqualTo(Duration.ofSeconds(300));
    assertThat(clock.instant()).isEqualTo(BROKER);
  }

  @Test
  void a_clock_that_is_behind_is_set_forward() {
    clock.heard(BROKER.minusSeconds(121), BROKER.minusSeconds(120), BROKER);

    assertThat(clock.skew()).isEqualTo(Duration.ofSeconds(-120));
  }

  @Test
  void a_slow_answer_is_no_skew() {
    clock.heard(BROKER.minusSeconds(20), BROKER.plusSeconds(1), BROKER);

    assertThat(clock.skew()).isZero();
  }

  @Test
  void a_clock_that_was_set_right_counts_again() {
    clock.heard(BROKER.plusSeconds(300), BROKER.plusSeconds(301), BROKER);

    clock.heard(BROKER, BROKER.plusSeconds(1), BROKER);

    assertThat(clock.skew()).isZero();
  }
}
