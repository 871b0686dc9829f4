package dev.muster.query.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.events.codec.Json;
import dev.muster.events.deadletter.DeadLetter;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StoredDeadLettersTest {

  private static final Instant AT = Instant.parse("2026-03-14T10:00:00Z");

  private final StoredDeadLetters letters = new StoredDeadLetters();

  @Test
  void it_holds_the_newest_ten_thousand() {
    for (int i = 0; i < StoredDeadLetters.MOST + 5; i++) {
      put(i, "letter-" + i, null);
    }

    var held = letters.before(Long.MAX_VALUE, Integer.MAX_VALUE);

    assertThat(held).hasSize(StoredDeadLetters.MOST);
    assertThat(held.getFirst().letter().id()).isEqualTo("letter-" + (StoredDeadLetters.MOST + 4));
    assertThat(held.getLast().letter().id()).isEqualTo("letter-5");
  }

  @Test
  void it_holds_no_more_than_64_mebibytes_of_them() {
    var value = "A".repeat(1 << 20);
    for (int i = 0; i < 100; i++) {
      put(i, "letter-" + i, value);
    }

    assertThat(letters.before(Long.MAX_VALUE, 1000)).hasSize(63);
  }

  @Test
  void one_that_was_dropped_makes_room_again() {
    var value = "A".repeat(1 << 20);
    for (int i = 0; i < 100; i++) {
      put(i, "same", value);
      put(i, "dropped", value);
      letters.remove("dropped");
    }
    put(1000, "other", value);

    assertThat(letters.before(Long.MAX_VALUE, 1000)).hasSize(2);
  }

  @Test
  void a_further_try_is_the_same_letter_and_the_newest() {
    put(1, "first", null);
    put(2, "second", null);
    put(3, "first", "bmV3");

    var held = letters.before(Long.MAX_VALUE, 10);

    assertThat(held)
        .extracting(numbered -> numbered.letter().id())
        .containsExactly("first", "second");
    assertThat(held.getFirst().letter().value()).isEqualTo("bmV3");
  }

  private void put(long offset, String id, @Nullable String value) {
    var letter =
        new DeadLetter(id, "reader", "topic", 0, offset, null, Map.of(), value, "why", 1, AT);
    letters.put(id, Json.write(letter), offset);
  }
}
