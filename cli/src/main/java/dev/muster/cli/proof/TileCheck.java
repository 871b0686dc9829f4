package dev.muster.cli.proof;

import dev.muster.cli.proof.ExportPart.RowPlace;
import dev.muster.cli.proof.ExportPart.Tile;
import dev.muster.cli.proof.RowFinding.InPart;
import dev.muster.cli.proof.RowFinding.Other;
import dev.muster.cli.proof.RowFinding.Whole;
import java.util.Arrays;
import java.util.Optional;

/** Holds the rows of a tile against their leaves; tiles are checked beside each other. */
final class TileCheck {

  /**
   * What came of it.
   *
   * @param root of a full tile; of another one nothing
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Checked(Tile tile, Optional<byte[]> root, UncheckedFields unchecked) {}

  private final RowCheck rows = new RowCheck();
  private final RowReader reader = new RowReader();

  /** Empty when any row is not the one that should be there. */
  Optional<Checked> check(Tile tile) {
    if (tile.rows().size() != tile.width()) {
      return Optional.empty();
    }
    var unchecked = new UncheckedFields();
    for (int i = 0; i < tile.width(); i++) {
      if (!isGood(tile, i, unchecked)) {
        return Optional.empty();
      }
    }
    return Optional.of(new Checked(tile, root(tile), unchecked));
  }

  private boolean isGood(Tile tile, int place, UncheckedFields unchecked) {
    long index = tile.first() + place;
    try {
      var row = read(tile, tile.rows().get(place));
      return row.leafIndex() == index
          && switch (rows.check(row, tile.leaf(place), tile.rows().get(place).entry())) {
            case Whole() -> true;
            case InPart(var fields) -> {
              fields.forEach(field -> unchecked.add(field, index));
              yield true;
            }
            case Other _ -> false;
          };
    } catch (NoRowException e) {
      return false;
    }
  }

  private AuditRow read(Tile tile, RowPlace row) {
    return reader.read(tile.text(), row.begin(), row.length());
  }

  private Optional<byte[]> root(Tile tile) {
    if (tile.width() != ExportReader.WIDTH) {
      return Optional.empty();
    }
    var hashes = tile.leaves().clone();
    rows.hash().fold(hashes, ExportReader.WIDTH);
    return Optional.of(Arrays.copyOf(hashes, LogHash.LENGTH));
  }
}
