package dev.muster.web.waiting;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class WaitingRoomTest {

  private static final Duration LONG = Duration.ofSeconds(30);

  private final WaitingRoom room = new WaitingRoom();

  @Test
  void what_is_heard_between_asking_and_waiting_is_not_missed() throws Exception {
    try (var interest = room.watch("a")) {
      room.hear("a", 3);

      assertThat(interest.await(3, LONG)).isEqualTo(3);
    }
  }

  @Test
  void a_wait_ends_when_the_version_is_heard_of() throws Exception {
    try (var interest = room.watch("a");
        var thread = Executors.newVirtualThreadPerTaskExecutor()) {
      var wait = thread.submit(() -> interest.await(4, LONG));
      room.hear("a", 3);
      room.hear("b", 9);
      room.hear("a", 4);

      assertThat(wait.get()).isEqualTo(4);
    }
  }

  @Test
  void a_wait_that_is_over_says_how_far_it_has_come() throws Exception {
    try (var interest = room.watch("a")) {
      room.hear("a", 3);

      assertThat(interest.await(4, Duration.ofMillis(10))).isEqualTo(3);
    }
  }

  @Test
  void when_the_service_stops_nobody_waits_much_longer() throws Exception {
    room.start();
    try (var interest = room.watch("a");
        var thread = Executors.newVirtualThreadPerTaskExecutor()) {
      var wait = thread.submit(() -> interest.await(4, Duration.ofHours(1)));

      room.stop();

      assertThat(wait.get()).isZero();
      assertThat(interest.isOver()).isTrue();
    }
  }

  @Test
  void nothing_is_kept_of_a_wait_that_is_over() {
    var interest = room.watch("a");
    var other = room.watch("a");
    interest.close();
    interest.close();

    assertThat(room.waiting()).isEqualTo(1);
    other.close();
    assertThat(room.waiting()).isZero();
  }
}
