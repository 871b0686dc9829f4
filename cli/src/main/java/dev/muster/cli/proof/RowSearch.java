package dev.muster.cli.proof;

import dev.muster.cli.proof.ExportPart.Tile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Looks through the whole file for where a misplaced row belongs, and for where the row is that
 * should stand in its place.
 */
final class RowSearch {

  private final Path file;
  private final MisplacedRow place;

  /** Index that was signed for the row that was found; -1 when for none. */
  private long belongsTo = -1;

  /** Lines that have the row that was found. */
  private int copies;

  /** Line of the row that was wanted; 0 when there is none. */
  private long wantedLine;

  /** Index whose place that is. */
  private long wantedIndex = -1;

  RowSearch(Path file, MisplacedRow place) {
    this.file = file;
    this.place = place;
  }

  /** What was done to the row, in words. */
  String kind() throws IOException {
    search();
    var found = place.found();
    if (found == null) {
      return wantedLine == 0
          ? "index %d is missing, before line %d".formatted(place.index(), place.line())
          : "index %d stands out of its place, in line %d".formatted(place.index(), wantedLine);
    }
    if (belongsTo < 0) {
      return foreign(found);
    }
    if (place.wanted() != null && Arrays.equals(found.leaf(), place.wanted())) {
      return "index %d (%s) says that its leaf_index is %d"
          .formatted(place.index(), found.named(), leafIndex(found));
    }
    if (copies > 1 && (wantedLine != 0 || place.wanted() == null)) {
      return "index %d stands twice, again in %s".formatted(belongsTo, found.named());
    }
    if (wantedLine != 0 && wantedIndex != belongsTo) {
      return "index %d stands out of its place, in line %d; in its place stands index %d (%s)"
          .formatted(place.index(), wantedLine, belongsTo, found.named());
    }
    if (wantedLine != 0) {
      return "index %d and index %d have changed places (%s; line %d)"
          .formatted(place.index(), belongsTo, found.named(), wantedLine);
    }
    return missing(found);
  }

  private String missing(ParsedRow found) {
    if (copies > 1) {
      return "index %d is missing, and a copy of index %d stands in its place (%s)"
          .formatted(place.index(), belongsTo, found.named());
    }
    return belongsTo == place.index() + 1
        ? "index %d is missing, before %s".formatted(place.index(), found.named())
        : "index %d is missing, and index %d stands in its place (%s)"
            .formatted(place.index(), belongsTo, found.named());
  }

  /** The row was signed nowhere: it was put in, or it was another one. */
  private String foreign(ParsedRow found) {
    if (wantedLine != 0 || place.wanted() == null) {
      return "an event that was never signed was put in before index %d (%s)"
          .formatted(place.index(), found.named());
    }
    var why = found.row() == null ? found.trouble() : place.difference();
    return "index %d was changed (%s): %s".formatted(place.index(), found.named(), why);
  }

  private static long leafIndex(ParsedRow row) {
    return row.row() == null ? -1 : row.row().leafIndex();
  }

  private void search() throws IOException {
    var rows = new TileRows();
    var leaf = place.found() == null ? null : place.found().leaf();
    try (var reader = ExportReader.open(file)) {
      for (var part = reader.next(); part.isPresent(); part = reader.next()) {
        if (part.get() instanceof Tile tile) {
          searchLeaves(tile, leaf);
          var seen = rows.of(tile);
          for (int i = 0; i < seen.size(); i++) {
            look(seen.get(i), tile.first() + i, leaf);
          }
        }
      }
    }
  }

  private void searchLeaves(Tile tile, byte @Nullable [] leaf) {
    if (leaf == null || belongsTo >= 0) {
      return;
    }
    for (int i = 0; i < tile.width(); i++) {
      if (Arrays.equals(tile.leaf(i), leaf)) {
        belongsTo = tile.first() + i;
      }
    }
  }

  private void look(ParsedRow row, long index, byte @Nullable [] leaf) {
    if (leaf != null && Arrays.equals(row.leaf(), leaf)) {
      copies++;
    }
    if (place.wanted() != null && Arrays.equals(row.leaf(), place.wanted())) {
      wantedLine = row.line();
      wantedIndex = index;
    }
  }
}
