package dev.muster.cli.output;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** Rows in columns that are as wide as they must be, and no wider than the terminal. */
final class TextTable {

  private static final int GAP = 2;
  private static final int LEAST = 6;

  private final List<Column> columns;
  private final List<List<String>> rows = new ArrayList<>();
  private final boolean coloured;
  private final int[] least;

  /**
   * @param least how wide columns were before, which they are at least; kept up to date
   */
  TextTable(List<Column> columns, boolean coloured, int[] least) {
    this.columns = columns;
    this.coloured = coloured;
    this.least = least;
  }

  TextTable with(Iterable<JsonNode> more, Instant now) {
    more.forEach(row -> rows.add(columns.stream().map(column -> column.cell(row, now)).toList()));
    return this;
  }

  /**
   * @param limit how many columns of a terminal there are, or 0 when nothing is to be cut
   */
  List<String> lines(boolean headers, int limit) {
    var all = new ArrayList<List<String>>();
    if (headers) {
      all.add(columns.stream().map(Column::title).toList());
    }
    all.addAll(rows);
    var widths = widths(all);
    for (int i = 0; i < widths.length; i++) {
      widths[i] = Math.max(widths[i], least[i]);
      least[i] = widths[i];
    }
    int shown = fit(widths, limit);
    int first = headers ? 1 : 0;
    return IntStream.range(0, all.size())
        .mapToObj(
            index -> line(all.get(index).subList(0, shown), widths, coloured && index >= first))
        .toList();
  }

  private int[] widths(List<List<String>> all) {
    return IntStream.range(0, columns.size())
        .map(i -> all.stream().mapToInt(row -> PlainText.width(row.get(i))).max().orElse(0))
        .toArray();
  }

  /**
   * The widest column gives way first; when that is not enough, the last ones are left out.
   *
   * @return how many columns are shown
   */
  private static int fit(int[] widths, int limit) {
    int shown = widths.length;
    while (limit > 0 && needed(widths, shown) > limit) {
      int widest = 0;
      for (int i = 1; i < shown; i++) {
        widest = widths[i] > widths[widest] ? i : widest;
      }
      if (widths[widest] > LEAST) {
        widths[widest]--;
      } else if (shown > 1) {
        shown--;
      } else {
        return 1;
      }
    }
    return shown;
  }

  private static int needed(int[] widths, int shown) {
    return IntStream.of(widths).limit(shown).sum() + GAP * (shown - 1);
  }

  private String line(List<String> cells, int[] widths, boolean inColour) {
    var line = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      var text = PlainText.cut(cells.get(i), widths[i]);
      var padding = " ".repeat(Math.max(0, widths[i] - PlainText.width(text)));
      boolean right = columns.get(i).kind() == Column.Kind.NUMBER;
      var shown =
          inColour && columns.get(i).kind() == Column.Kind.STATUS
              ? Colour.ofStatus(cells.get(i), text)
              : text;
      line.append(right ? padding + shown : shown + padding).append(" ".repeat(GAP));
    }
    return line.toString().stripTrailing();
  }
}
