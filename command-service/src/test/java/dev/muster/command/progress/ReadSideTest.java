package dev.muster.command.progress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.events.progress.ProjectionProgress;
import dev.muster.web.waiting.VersionWaiters;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReadSideTest {

  private final ReadSide readSide = new ReadSide(new VersionWaiters());

  @Test
  void those_who_watch_an_instance_hear_of_its_progress() throws Exception {
    try (var interest = readSide.watch("inst_1")) {
      readSide.hear(new ProjectionProgress(0, 7, Map.of("inst_1", 3L, "inst_2", 9L)));

      assertThat(interest.await(3, Duration.ofSeconds(30))).isEqualTo(3);
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
}
