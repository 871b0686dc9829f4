package dev.muster.cli.top;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cli.output.JsonText;
import dev.muster.cli.output.PlainText;
import dev.muster.cli.top.View.Order;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ScreenTest {

  private static final Instant NOW = Instant.ofEpochSecond(10_000);

  private static JsonNode row(String name, String status, double cpu) {
    var row =
        JsonText.MAPPER
            .createObjectNode()
            .put("id", "inst_" + name)
            .put("name", name)
            .put("status", status)
            .put("region", "r")
            .put("created_at", 9_000);
    row.putObject("health").put("cpu_percent", cpu).put("memory_mb", 10);
    return row;
  }

  private static final View TWO =
      View.first().with(List.of(row("quiet", "paused", 0), row("busy", "running", 90)));

  @Test
  void the_busiest_is_first_and_other_orders_are_a_key_away() {
    assertThat(TWO.shown())
        .extracting(one -> one.path("name").asString())
        .containsExactly("busy", "quiet");
    assertThat(TWO.by(Order.STATUS).selected().orElseThrow().path("name").asString())
        .isEqualTo("quiet");
  }

  @Test
  void what_is_chosen_stays_so_when_rows_move() {
    var chosen = TWO.move(1);

    var later = chosen.with(List.of(row("quiet", "running", 99), row("busy", "running", 1)));

    assertThat(later.selected().orElseThrow().path("name").asString()).isEqualTo("quiet");
    assertThat(later.chosen()).isZero();
  }

  @Test
  void a_filter_leaves_what_fits_and_nobody_is_chosen_of_nothing() {
    assertThat(TWO.only("PAUS").shown()).hasSize(1);
    assertThat(TWO.only("none").selected()).isEmpty();
    assertThat(TWO.only("none").move(3).chosen()).isZero();
  }

  @Test
  void a_screen_is_never_larger_than_the_terminal() {
    var many =
        View.first()
            .with(IntStream.range(0, 1000).mapToObj(i -> row("日本語の名前-" + i, "running", i)).toList())
            .move(700);
    var lines = Screen.lines(many, new RawTerminal.Size(20, 60), NOW, "keys ".repeat(40));

    assertThat(lines)
        .hasSize(20)
        .allSatisfy(
            line ->
                assertThat(PlainText.width(line.replaceAll("\u001b\\[\\d*m", "")))
                    .isLessThanOrEqualTo(60));
    assertThat(lines).anyMatch(line -> line.startsWith("\u001b[7m"));
  }
}
