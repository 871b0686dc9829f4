package report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What was measured, as a table.
 *
 * @param columns what each value of a row stands for
 * @param ratios whether each column after the first is followed by its ratio to the first
 */
public record Grid(String corner, List<String> columns, List<Row> rows, boolean ratios) {

  /** For a terminal: in columns of blanks. */
  public String text() {
    var lines = lines();
    var widths =
        IntStream.range(0, lines.getFirst().size())
            .map(i -> lines.stream().mapToInt(line -> line.get(i).length()).max().orElse(0))
            .toArray();
    return lines.stream()
        .map(
            line ->
                IntStream.range(0, line.size())
                    .mapToObj(i -> padded(line.get(i), widths[i], i == 0))
                    .collect(Collectors.joining("  "))
                    .stripTrailing())
        .collect(Collectors.joining("\n"));
  }

  public String markdown() {
    var lines = new ArrayList<>(lines());
    lines.add(1, lines.getFirst().stream().map(cell -> "---").toList());
    return lines.stream()
        .map(line -> "| " + String.join(" | ", line) + " |")
        .collect(Collectors.joining("\n"));
  }

  /** Every row as a map that {@link Json} writes. */
  List<Map<String, Object>> maps() {
    return rows.stream().map(this::map).toList();
  }

  private Map<String, Object> map(Row row) {
    var values = new LinkedHashMap<String, Object>();
    for (int i = 0; i < columns.size(); i++) {
      values.put(columns.get(i), row.values()[i]);
    }
    var map = new LinkedHashMap<String, Object>();
    map.put("name", row.name());
    map.put("values", values);
    map.put("target", row.target());
    return map;
  }

  private List<List<String>> lines() {
    var lines = new ArrayList<List<String>>();
    var head = new ArrayList<>(List.of(corner));
    for (int i = 0; i < columns.size(); i++) {
      head.add(columns.get(i));
      if (ratios && i > 0) {
        head.add("÷ first");
      }
    }
    head.add("target");
    lines.add(head);
    rows.forEach(row -> lines.add(line(row)));
    return lines;
  }

  private List<String> line(Row row) {
    var cells = new ArrayList<>(List.of(row.name()));
    for (int i = 0; i < columns.size(); i++) {
      cells.add(shown(row.values()[i], row.decimals()));
      if (ratios && i > 0) {
        cells.add(shown(row.values()[i] / row.values()[0], 2));
      }
    }
    cells.add(row.target());
    return cells;
  }

  private static String shown(double value, int decimals) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%,." + decimals + "f", value) : "–";
  }

  private static String padded(String cell, int width, boolean left) {
    var blanks = " ".repeat(width - cell.length());
    return left ? cell + blanks : blanks + cell;
  }
}
