package dev.muster.events.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.events.instance.InstanceEvent;
import dev.muster.events.instance.InstanceState;
import dev.muster.events.instance.InstanceStatus;
import dev.muster.events.instance.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Properties of every history, tried on many random ones. */
class SnapshotTest {

  private static final int LONGEST = 60;

  static LongStream seeds() {
    return LongStream.range(0, 50);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void a_stored_state_and_the_events_after_it_say_the_same_as_all_events(long seed) {
    var events = RandomLife.of(seed, LONGEST);
    var states = statesOf(events);
    var last = states.getLast();

    for (int n = 1; n < events.size(); n++) {
      var stored = Json.read(Json.write(states.get(n - 1)), InstanceState.class);

      assertThat(fold(stored, events.subList(n, events.size()))).isEqualTo(last);
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void what_the_codec_returns_folds_to_the_same_state(long seed) {
    var codec = new EventCodec();
    var events = RandomLife.of(seed, LONGEST);

    var read = events.stream().map(codec::encode).map(codec::decode).toList();

    assertThat(fold(null, read)).isEqualTo(fold(null, events));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void every_state_on_the_way_makes_sense(long seed) {
    var events = RandomLife.of(seed, LONGEST);
    var states = statesOf(events);

    for (int n = 0; n < states.size(); n++) {
      var state = states.get(n);
      assertThat(state.version()).isEqualTo(n + 1);
      assertThat(state.updatedAt()).isEqualTo(events.get(n).at());
      assertThat(state.createdAt()).isEqualTo(events.getFirst().at());
      assertThat(state.heardOutcomes()).hasSizeLessThanOrEqualTo(16);
      assertThat(state.status() == InstanceStatus.RUNNING && state.host() == null).isFalse();
      assertThat(state.status() == InstanceStatus.ERROR && state.error() == null).isFalse();
    }
  }

  @Test
  void the_random_histories_between_them_hold_every_event_and_reach_every_stage() {
    var lives = seeds().mapToObj(seed -> RandomLife.of(seed, LONGEST)).toList();

    assertThat(
            lives.stream().flatMap(List::stream).map(Object::getClass).collect(Collectors.toSet()))
        .hasSameSizeAs(EventType.ALL);
    assertThat(lives.stream().flatMap(life -> statesOf(life).stream()).map(InstanceState::stage))
        .contains(Stage.values());
  }

  private static List<InstanceState> statesOf(List<InstanceEvent> events) {
    var states = new ArrayList<InstanceState>();
    for (var event : events) {
      states.add(InstanceState.fold(states.isEmpty() ? null : states.getLast(), event));
    }
    return states;
  }

  private static InstanceState fold(@Nullable InstanceState from, List<InstanceEvent> events) {
    var state = from;
    for (var event : events) {
      state = InstanceState.fold(state, event);
    }
    return Objects.requireNonNull(state);
  }
}
