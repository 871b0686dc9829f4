package dev.muster.web.waiting;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class VersionWaitersTest {

  private static final Duration LONG = Duration.ofSeconds(30);

  private final VersionWaiters waiters = new VersionWaiters();

  @Test
  void what_is_heard_between_asking_and_waiting_is_not_missed() throws Exception {
    try (var interest = waiters.watch("a")) {
      waiters.hear("a", 3);

      assertThat(interest.await(3, LONG)).isEqualTo(3);
    }
  }

  @Test
  void a_wait_ends_when_the_version_is_heard_of() throws Exception {
    try (var interest = waiters.watch("a");
        var thread = Executors.newVirtualThreadPerTaskExecutor()) {
      var wait = thread.submit(() -> interest.await(4, LONG));
      waiters.hear("a", 3);
      waiters.hear("b", 9);
      waiters.hear("a", 4);

      assertThat(wait.get()).isEqualTo(4);
    }
  }

  @Test
  void a_wait_that_is_over_says_how_far_it_has_come() throws Exception {
    try (var interest = waiters.watch("a")) {
      waiters.hear("a", 3);

      assertThat(interest.await(4, Duration.ofMillis(10))).isEqualTo(3);
    }
  }

  @Test
  void when_the_service_stops_nobody_waits_much_longer() throws Exception {
    waiters.start();
    try (var interest = waiters.watch("a");
        var thread = Executors.newVirtualThreadPerTaskExecutor()) {
      var wait = thread.submit(() -> interest.await(4, Duration.ofHours(1)));

      waiters.stop();

      assertThat(wait.get()).isZero();
      assertThat(interest.isOver()).isTrue();
    }
  }

  @Test
  void nothing_is_kept_of_a_wait_that_is_over() {
    var interest = waiters.watch("a");
    var other = waiters.watch("a");
    interest.close();
    interest.close();

    assertThat(waiters.waiting()).isEqualTo(1);
    other.close();
    assertThat(waiters.waiting()).isZero();
  }
}
