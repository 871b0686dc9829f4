package dev.muster.command.progress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.events.progress.ProjectionProgress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class ReadSideTest {

  private static final Duration LONG = Duration.ofSeconds(30);

  private final ReadSide readSide = new ReadSide();

  @Test
  void what_is_heard_between_asking_and_waiting_is_not_missed() throws Exception {
    try (var interest = readSide.watch("inst_1")) {
      readSide.hear(new ProjectionProgress(0, 7, Map.of("inst_1", 3L)));

      assertThat(interest.await(3, LONG)).isEqualTo(3);
    }
  }

  @Test
  void a_wait_ends_when_the_version_is_heard_of() throws Exception {
    try (var interest = readSide.watch("inst_1");
        var thread = Executors.newVirtualThreadPerTaskExecutor()) {
      var wait = thread.submit(() -> interest.await(4, LONG));
      readSide.hear(new ProjectionProgress(0, 7, Map.of("inst_1", 3L, "inst_2", 9L)));
      readSide.hear(new ProjectionProgress(0, 8, Map.of("inst_1", 4L)));

      assertThat(wait.get()).isEqualTo(4);
    }
  }

  @Test
  void a_wait_that_is_over_says_how_far_it_has_come() throws Exception {
    try (var interest = readSide.watch("inst_1")) {
      readSide.hear(new ProjectionProgress(0, 7, Map.of("inst_1", 3L)));

      assertThat(interest.await(4, Duration.ofMillis(10))).isEqualTo(3);
    }
  }

  @Test
  void a_position_is_shown_when_the_partition_of_the_instance_has_reached_it() {
    readSide.partitions(1);
    readSide.hear(new ProjectionProgress(0, 7, Map.of()));

    assertThat(readSide.shows("inst_1", 7)).isTrue();
    assertThat(readSide.shows("inst_1", 8)).isFalse();
  }

  @Test
  void nothing_is_shown_before_anything_was_heard() {
    assertThat(readSide.shows("inst_1", 0)).isFalse();
  }

  @Test
  void nothing_is_kept_of_a_wait_that_is_over() {
    var interest = readSide.watch("inst_1");
    var other = readSide.watch("inst_1");
    interest.close();
    interest.close();

    assertThat(readSide.waiting()).isEqualTo(1);
    other.close();
    assertThat(readSide.waiting()).isZero();
  }
}
