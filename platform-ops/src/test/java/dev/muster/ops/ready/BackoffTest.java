package dev.muster.ops.ready;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {

  private final Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1));

  @Test
  void waits_double_up_to_the_bound_and_lose_at_most_half() {
    for (int full : new int[] {100, 200, 400, 800, 1000, 1000}) {
      assertThat(backoff.next()).isBetween(Duration.ofMillis(full / 2), Duration.ofMillis(full));
    }
  }

  @Test
  void a_success_begins_anew() {
    IntStream.range(0, 10).forEach(_ -> backoff.next());

    backoff.reset();

    assertThat(backoff.isFirst()).isTrue();
    assertThat(backoff.next()).isLessThanOrEqualTo(Duration.ofMillis(100));
    assertThat(backoff.isFirst()).isFalse();
  }

  @Test
  void two_who_wait_for_the_same_do_not_come_back_together() {
    var other = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1));

    var waits = IntStream.range(0, 20).mapToObj(_ -> backoff.next()).toList();

    assertThat(IntStream.range(0, 20).mapToObj(_ -> other.next()).toList()).isNotEqualTo(waits);
  }

  @Test
  void a_steady_one_stays_as_it_is() {
    var steady = Backoff.steady(Duration.ofSeconds(2));

    assertThat(IntStream.range(0, 20).mapToObj(_ -> steady.next()))
        .allSatisfy(
            wait -> assertThat(wait).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2)));
  }
}
