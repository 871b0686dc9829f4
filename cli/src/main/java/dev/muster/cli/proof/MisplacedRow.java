package dev.muster.cli.proof;

import dev.muster.cli.proof.ExportPart.Tile;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The first place where another row stands than was signed.
 *
 * @param index of the leaf that was signed for it
 * @param line of the row there, or of the hashes where there is none
 * @param hashes line of the hashes
 * @param wanted the leaf; null where the tile has no more
 * @param found the row; null where the tile has no more
 * @param next the row behind it; null where the tile has no more
 * @param difference between the row and what was signed, for people
 */
@SuppressWarnings("ArrayRecordComponent")
record MisplacedRow(
    long index,
    long line,
    long hashes,
    byte @Nullable [] wanted,
    @Nullable ParsedRow found,
    @Nullable ParsedRow next,
    String difference) {

  static MisplacedRow at(Tile tile, List<ParsedRow> rows, int place, String difference) {
    var found = place < rows.size() ? rows.get(place) : null;
    return new MisplacedRow(
        tile.first() + place,
        found == null ? tile.line() : found.line(),
        tile.line(),
        place < tile.width() ? tile.leaf(place) : null,
        found,
        place + 1 < rows.size() ? rows.get(place + 1) : null,
        difference);
  }
}
