package dev.muster.cli.help;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The tables of a page of the documentation. */
record DocumentTables(List<Row> rows) {

  private static final String PROBLEM = "/problems/";

  /** A row, and what its columns are. */
  record Row(List<String> titles, List<String> cells) {

    String word() {
      return cells.getFirst().replace(PROBLEM, "");
    }

    boolean isAbout(String word) {
      return word().equalsIgnoreCase(word)
          || cells.getFirst().equalsIgnoreCase(word)
          || titles.size() > 1 && titles.get(1).equals("status") && cells.get(1).equals(word);
    }

    String text() {
      return IntStream.range(0, cells.size())
          .mapToObj(i -> "%s: %s".formatted(titles.get(i), cells.get(i)))
          .collect(joining("\n"));
    }
  }

  /** One that is built into this program. */
  static DocumentTables read(String name) {
    try (var file = Objects.requireNonNull(DocumentTables.class.getResourceAsStream(name), name)) {
      return of(new String(file.readAllBytes(), UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static DocumentTables of(String text) {
    var rows = new ArrayList<Row>();
    var titles = List.<String>of();
    for (var line : text.lines().toList()) {
      if (!line.startsWith("|")) {
        titles = List.of();
      } else if (titles.isEmpty()) {
        titles = cells(line);
      } else if (!line.startsWith("| ---")) {
        rows.add(new Row(titles, cells(line)));
      }
    }
    return new DocumentTables(rows);
  }

  Stream<String> about(String word) {
    return rows.stream().filter(row -> row.isAbout(word)).map(Row::text);
  }

  Stream<String> words() {
    return rows.stream().map(Row::word);
  }

  private static List<String> cells(String line) {
    return Arrays.stream(line.substring(1).split("\\|"))
        .map(cell -> cell.strip().replace("`", "").replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1"))
        .toList();
  }
}
