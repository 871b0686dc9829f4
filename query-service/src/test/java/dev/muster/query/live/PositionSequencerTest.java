package dev.muster.query.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.events.envelope.EncodedEvent;
import dev.muster.events.envelope.RecordedEvent;
import dev.muster.query.Story;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class PositionSequencerTest {

  private static final TopicPartition A = new TopicPartition("t", 0);
  private static final TopicPartition B = new TopicPartition("t", 1);

  private final PositionSequencer order = new PositionSequencer(5);

  @Test
  void what_comes_too_early_waits_for_what_is_before_it() {
    order.take(A, event(6, 10));
    order.take(A, event(8, 10));
    assertThat(positions()).isEmpty();

    order.take(B, event(5, 10));

    assertThat(positions()).containsExactly(5L, 6L);
    assertThat(order.isWaiting()).isTrue();
  }

  @Test
  void what_has_come_already_is_left_out() {
    order.take(A, event(4, 10));
    order.take(A, event(5, 10));
    order.take(A, event(5, 10));
    assertThat(positions()).containsExactly(5L);

    order.take(A, event(5, 10));

    assertThat(positions()).isEmpty();
    assertThat(order.isWaiting()).isFalse();
  }

  @Test
  void partitions_that_are_ahead_are_left_alone_while_much_waits() {
    order.take(B, event(3, 10));
    for (int i = 0; i < 100; i++) {
      order.take(A, event(6 + i, 50_000));
    }
    assertThat(positions()).isEmpty();
    assertThat(order.ahead()).containsExactly(A);

    order.take(B, event(5, 10));

    assertThat(positions()).hasSize(101);
    assertThat(order.ahead()).isEmpty();
  }

  private List<Long> positions() {
    return order.ready().stream().map(LiveEvent::position).toList();
  }

  private static LiveEvent event(long position, int bytes) {
    var recorded =
        new RecordedEvent(
            "ev_" + position,
            "inst_1",
            1,
            position,
            Story.BEGINNING,
            Story.CALLER,
            new EncodedEvent("T", 1, new byte[bytes]));
    return new LiveEvent(recorded, true, (_, _) -> new byte[0]);
  }
}
