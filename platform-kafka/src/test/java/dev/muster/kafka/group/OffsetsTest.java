package dev.muster.kafka.group;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OffsetsTest {

  private final Offsets offsets = new Offsets(10);

  @Test
  void what_is_done_ends_at_the_lowest_unfinished_record() {
    offsets.take(10, 1_000 * 10);
    offsets.take(11, 1_000 * 11);
    offsets.take(14, 1_000 * 14);
    offsets.begin();
    offsets.begin();

    offsets.finish(11);
    assertThat(offsets.lowestUnfinished()).isEqualTo(10);
    assertThat(offsets.advanced()).isFalse();

    offsets.finish(10);
    assertThat(offsets.lowestUnfinished()).isEqualTo(14);
    assertThat(offsets.advanced()).isTrue();

    offsets.skip(14);
    assertThat(offsets.lowestUnfinished()).isEqualTo(15);
  }

  @Test
  void what_was_given_up_stays_unfinished() {
    offsets.take(10, 1_000 * 10);
    offsets.begin();

    offsets.giveUp();

    assertThat(offsets.lowestUnfinished()).isEqualTo(10);
  }

  @Test
  void nothing_begins_once_the_partition_is_withdrawn() {
    offsets.take(10, 1_000 * 10);

    offsets.withdraw();

    assertThat(offsets.begin()).isFalse();
  }

  @Test
  void what_was_committed_is_not_committed_again() {
    offsets.take(10, 1_000 * 10);
    offsets.skip(10);

    offsets.committed(11);

    assertThat(offsets.advanced()).isFalse();
  }
}
