package dev.muster.cli.output;

import static java.util.stream.Collectors.joining;

import dev.muster.cli.Exit;
import dev.muster.cli.Failure;
import java.util.List;
import java.util.Locale;

/**
 * What the API answers with in rows, and which of it a table shows.
 *
 * @param schema its name in the contract
 * @param name the field that other commands take, as a JSON pointer
 */
public record Listing(String schema, String name, List<Column> columns) {

  public static Listing of(String schema, String name, Column... columns) {
    return new Listing(schema, name, List.of(columns));
  }

  Column column(String title) {
    return columns.stream()
        .filter(column -> column.title().equalsIgnoreCase(title))
        .findFirst()
        .orElseThrow(
            () ->
                new Failure(
                    Exit.USAGE,
                    "there is no column '%s'".formatted(title),
                    "Columns: "
                        + columns.stream()
                            .map(column -> column.title().toLowerCase(Locale.ROOT))
                            .collect(joining(", "))));
  }
}
