package dev.muster.cli.top;

import dev.muster.cli.output.Ages;
import dev.muster.cli.output.PlainText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Draws a view in lines that fit. */
final class Screen {

  private static final int OTHER_LINES = 4;
  private static final int OTHER_COLUMNS = 46;

  private Screen() {}

  /**
   * @param said the last line: what was done, or which keys there are
   */
  static List<String> lines(View view, RawTerminal.Size size, Instant now, String said) {
    var shown = view.shown();
    int room = Math.max(1, size.rows() - OTHER_LINES);
    int first = Math.max(0, Math.min(view.chosen() - room / 2, shown.size() - room));
    var lines = new ArrayList<String>();
    lines.add(PlainText.cut(summary(view), size.columns()));
    lines.add("");
    lines.add(
        "\u001b[1m" + row(size, "NAME", "STATUS", "REGION", "CPU%", "MEMORY", "AGE") + "\u001b[0m");
    for (int i = first; i < Math.min(shown.size(), first + room); i++) {
      var line = row(size, shown.get(i), now);
      lines.add(i == view.chosen() ? "\u001b[7m" + line + "\u001b[0m" : line);
    }
    while (lines.size() < size.rows() - 1) {
      lines.add("");
    }
    lines.add(PlainText.cut(PlainText.harmless(said), size.columns()));
    return lines;
  }

  private static String summary(View view) {
    var counts =
        view.rows().stream()
            .collect(
                Collectors.groupingBy(
                    row -> row.path("status").asString(), TreeMap::new, Collectors.counting()));
    var said =
        counts.entrySet().stream()
            .map(one -> one.getValue() + " " + one.getKey())
            .collect(Collectors.joining(", "));
    return "%d instances%s, by %s%s"
        .formatted(
            view.rows().size(),
            said.isEmpty() ? "" : ": " + said,
            view.order().name().toLowerCase(Locale.ROOT),
            view.filter().isEmpty() ? "" : ", with '" + PlainText.harmless(view.filter()) + "'");
  }

  private static String row(RawTerminal.Size size, JsonNode instance, Instant now) {
    return row(
        size,
        PlainText.harmless(instance.path("name").asString()),
        instance.path("status").asString(),
        PlainText.harmless(instance.path("region").asString()),
        text(instance.at("/health/cpu_percent")),
        text(instance.at("/health/memory_mb")),
        Ages.time(instance.path("created_at")).map(time -> Ages.relative(time, now)).orElse("-"));
  }

  private static String text(JsonNode value) {
    return value.isNumber() ? value.asString() : "-";
  }

  private static String row(
      RawTerminal.Size size,
      String name,
      String status,
      String region,
      String cpu,
      String memory,
      String age) {
    int width = Math.max(8, size.columns() - OTHER_COLUMNS);
    var text = PlainText.cut(name, width);
    var padded = text + " ".repeat(Math.max(0, width - PlainText.width(text)));
    return PlainText.cut(
        "%s %-9s %-14s %6s %7s %5s".formatted(padded, status, region, cpu, memory, age),
        size.columns());
  }
}
