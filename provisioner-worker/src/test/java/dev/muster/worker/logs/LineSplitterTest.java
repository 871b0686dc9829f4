package dev.muster.worker.logs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.events.codec.Json;
import dev.muster.events.log.LogLine;
import dev.muster.worker.driver.Output;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LineSplitterTest {

  private static final Instant AT = Instant.parse("2026-03-14T12:00:00Z");

  @Test
  void lines_end_with_a_line_feed_and_a_carriage_return_before_it_goes_too() {
    var split = split(output(10, "a\n\nb\r\nc\rd\n"), false);

    assertThat(texts(split)).containsExactly("a", "", "b", "c\rd");
    assertThat(split.lines()).extracting(LogLine::end).containsExactly(12L, 13L, 16L, 20L);
    assertThat(split.taken()).isEqualTo(10);
  }

  @Test
  void a_line_without_its_end_waits_until_it_is_asked_for_or_nothing_more_will_come() {
    var output = output(0, "whole\nhalf");

    assertThat(texts(split(output, false))).containsExactly("whole");
    assertThat(split(output, false).hasRest(output)).isTrue();
    assertThat(texts(split(output, true))).containsExactly("whole", "half");
    assertThat(texts(split(new Output("i", 0, 0, output.bytes(), true), false)))
        .containsExactly("whole", "half");
  }

  @Test
  void a_line_that_waits_for_its_end_is_cut_between_characters_and_loses_nothing() {
    var text = "x" + "ä€🦊".repeat(1_000);
    var bytes = text.getBytes(UTF_8);
    for (int end = 4_000; end < 4_012; end++) {
      var begun = new Output("i", 0, 0, Arrays.copyOf(bytes, end), false);
      var first = split(begun, true);
      var rest = Arrays.copyOfRange(bytes, first.taken(), bytes.length);
      var then = split(new Output("i", first.taken(), 0, rest, true), false);

      assertThat(end - first.taken()).isBetween(0, 3);
      assertThat(String.join("", texts(first)) + String.join("", texts(then))).isEqualTo(text);
    }
  }

  @Test
  void a_part_of_a_character_waits_for_its_rest_and_is_told_when_nothing_will_come() {
    var part = new byte[] {(byte) 0xf0, (byte) 0x9f};

    assertThat(split(new Output("i", 0, 0, part, false), true).lines()).isEmpty();
    assertThat(texts(split(new Output("i", 0, 0, part, true), false))).containsExactly("\ufffd");
  }

  @Test
  void a_long_line_is_cut_between_characters() {
    var split = split(output(0, "x" + "€".repeat(10_000) + "\n"), false);

    assertThat(texts(split)).hasSize(2).allMatch(text -> !text.contains("\ufffd"));
    assertThat(String.join("", texts(split))).isEqualTo("x" + "€".repeat(10_000));
  }

  @Test
  void what_is_no_text_is_replaced_and_moves_nothing() {
    var garbage = new byte[300_000];
    new Random(7).nextBytes(garbage);
    var output = new Output("inst_1", 5, 0, garbage, true);

    var split = LineSplitter.of(output, false, AT, Integer.MAX_VALUE);

    assertThat(split.taken()).isEqualTo(garbage.length);
    assertThat(split.lines().getLast().end()).isEqualTo(5 + garbage.length);
    assertThat(split.lines()).allMatch(line -> line.text().length() <= LineSplitter.LONGEST);
    assertThat(
            texts(
                split(new Output("i", 0, 0, new byte[] {'a', 0, (byte) 0xff, '\n'}, false), false)))
        .containsExactly("a\0\ufffd");
  }

  @Test
  void bytes_that_are_missing_are_counted_in_a_line_of_their_own() {
    var output = new Output("inst_1", 100, 60, "b\n".getBytes(UTF_8), false);

    var split = split(output, false);

    assertThat(texts(split).getFirst()).contains("60 bytes are missing");
    assertThat(split.lines()).extracting(LogLine::end).containsExactly(100L, 102L);
    assertThat(LogChunkBuilder.of(output, split).getFirst().offset()).isEqualTo(40);
  }

  @Test
  void what_costs_more_than_it_is_long_is_taken_bit_by_bit_and_fits_into_records() {
    var output = output(0, "\n".repeat(100_000) + "\0".repeat(100_000));

    var split = LineSplitter.of(output, true, AT, 1 << 20);
    var chunks = LogChunkBuilder.of(output, split);

    assertThat(split.taken()).isBetween(10_000, 20_000);
    assertThat(chunks).hasSizeBetween(3, 8);
    assertThat(chunks).allMatch(chunk -> Json.write(chunk).length < 600_000);
    var zeros = output(0, "\0".repeat(400_000));
    assertThat(LogChunkBuilder.of(zeros, LineSplitter.of(zeros, true, AT, 1 << 20)))
        .allMatch(chunk -> Json.write(chunk).length < 600_000);
  }

  @Test
  void the_end_is_told_even_when_nothing_was_printed() {
    var output = new Output("inst_1", 7, 0, new byte[0], true);

    var chunks = LogChunkBuilder.of(output, split(output, false));

    assertThat(chunks).singleElement().matches(chunk -> chunk.last() && chunk.end() == 7);
  }

  private static Output output(long offset, String text) {
    return new Output("inst_1", offset, 0, text.getBytes(UTF_8), false);
  }

  private static LineSplitter split(Output output, boolean all) {
    return LineSplitter.of(output, all, AT, 1 << 20);
  }

  private static List<String> texts(LineSplitter split) {
    return split.lines().stream().map(LogLine::text).toList();
  }
}
