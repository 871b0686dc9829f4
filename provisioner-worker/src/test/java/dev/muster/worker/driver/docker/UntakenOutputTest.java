package dev.muster.worker.driver.docker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.worker.driver.docker.ContainerLog.Piece;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** The place in a log that an engine finds by time only. */
class UntakenOutputTest {

  private static final long SECOND = 1_000_000_000L;

  private static final LogCursor BEGIN = LogCursor.BEGIN.ofRun(1);

  /** What an engine answers when it is asked for a second and what is after. */
  private static List<Piece> since(List<Piece> all, LogCursor place) {
    return all.stream().filter(piece -> piece.at() >= place.second() * SECOND).toList();
  }

  private static Piece piece(long at, String text) {
    return new Piece(at, text.getBytes(UTF_8));
  }

  @RepeatedTest(50)
  void whatever_is_taken_at_whatever_time_all_is_taken_once_and_in_order(RepetitionInfo info) {
    var random = new Random(info.getCurrentRepetition());
    var written = new ArrayList<Piece>();
    var all = new StringBuilder();
    var taken = new StringBuilder();
    var place = BEGIN;
    long clock = 1_000 * SECOND;

    for (int i = 0; i < 300 || taken.length() < all.length(); i++) {
      clock += random.nextLong(3 * SECOND);
      for (int line = random.nextInt(4); i < 300 && line > 0; line--) {
        // Two streams: what is written later may have a time that is a little earlier.
        var text = "line " + written.size() + "\n";
        written.add(piece(clock - random.nextLong(SECOND / 2), text));
        all.append(text);
      }
      var untaken = UntakenOutput.of(place, since(written, place));
      assertThat(untaken.isTorn()).isFalse();
      var bytes = untaken.bytes(1 + random.nextInt(60));
      var count = random.nextInt(bytes.length + 1);
      taken.append(new String(bytes, 0, count, UTF_8));
      place = count == 0 ? place : untaken.after(count);
    }

    assertThat(taken.toString()).isEqualTo(all.toString());
    assertThat(place.offset()).isEqualTo(all.length());
  }

  @Test
  void what_the_engine_has_dropped_is_missing_and_nothing_is_doubled() {
    var first = List.of(piece(10 * SECOND, "one\n"), piece(11 * SECOND, "two\n"));
    var place = UntakenOutput.of(BEGIN, first).after(6);

    var later = List.of(piece(11 * SECOND, "two\n"), piece(12 * SECOND, "three\n"));
    var torn = UntakenOutput.of(place, later);

    assertThat(torn.isTorn()).isTrue();
    assertThat(torn.bytes(100)).asString(UTF_8).isEqualTo("three\n");
    var next = UntakenOutput.of(torn.after(2), since(later, torn.after(2)));
    assertThat(next.isTorn()).isFalse();
    assertThat(next.bytes(100)).asString(UTF_8).isEqualTo("ree\n");
  }
}
