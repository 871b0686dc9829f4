package dev.muster.query.deadletter;

import dev.muster.events.codec.Json;
import dev.muster.events.deadletter.DeadLetter;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes letters short enough for the broker, which takes 1 MiB unless told otherwise. */
final class DeadLetterTruncator {

  private static final int LONGEST_LETTER = 900_000;
  private static final int LONGEST_TEXT = 2_000;
  private static final String LEFT_OUT =
      " (too long to be repeated here; the record is in its place)";

  private DeadLetterTruncator() {}

  /** The letter, or, when it is too long, what says where the record is and why it failed. */
  static DeadLetter of(DeadLetter letter) {
    if (Json.write(letter).length <= LONGEST_LETTER) {
      return letter;
    }
    return new DeadLetter(
        letter.id(),
        letter.reader(),
        letter.topic(),
        letter.partition(),
        letter.offset(),
        cut(letter.key()),
        Map.of(),
        null,
        cut(letter.reason()) + LEFT_OUT,
        letter.tries(),
        letter.at());
  }

  private static @Nullable String cut(@Nullable String text) {
    return text == null || text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT);
  }
}
