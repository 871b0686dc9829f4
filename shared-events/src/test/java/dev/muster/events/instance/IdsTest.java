package dev.muster.events.instance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class IdsTest {

  static Stream<Arguments> kinds() {
    return Stream.of(
        kind("inst_", Ids::newInstance),
        kind("op_", Ids::newOperation),
        kind("ev_", Ids::newEvent),
        kind("out_", Ids::newOutcome),
        kind("req_", Ids::newRequest));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void an_id_is_a_prefix_and_26_lower_case_characters(String prefix, Supplier<String> next) {
    assertThat(next.get()).matches(prefix + "[0-9a-hjkmnp-tv-z]{26}");
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void ids_sort_in_the_order_they_were_made(String prefix, Supplier<String> next) {
    var ids = Stream.generate(next).limit(10_000).toList();

    assertThat(ids).isSortedAccordingTo(Comparator.naturalOrder()).doesNotHaveDuplicates();
  }

  @Test
  void ids_made_at_once_differ() {
    var made = ConcurrentHashMap.<String>newKeySet();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      IntStream.range(0, 8_000).forEach(_ -> threads.execute(() -> made.add(Ids.newInstance())));
    }

    assertThat(made).hasSize(8_000);
  }

  private static Arguments kind(String prefix, Supplier<String> next) {
    return Arguments.of(prefix, next);
  }
}
