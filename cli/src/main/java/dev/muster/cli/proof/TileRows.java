package dev.muster.cli.proof;

import dev.muster.cli.proof.ExportPart.RowPlace;
import dev.muster.cli.proof.ExportPart.Tile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Makes up the leaves of all rows of a tile, whatever these should be. */
final class TileRows {

  private final RowCheck rows = new RowCheck();
  private final RowReader reader = new RowReader();

  List<ParsedRow> of(Tile tile) {
    var seen = new ArrayList<ParsedRow>(tile.rows().size());
    tile.rows().forEach(row -> seen.add(seen(tile, row)));
    return seen;
  }

  private ParsedRow seen(Tile tile, RowPlace place) {
    try {
      var row = reader.read(tile.text(), place.begin(), place.length());
      var leaf = rows.leaf(row);
      var entry = place.entry();
      if (entry != null) {
        var signed = rows.leafOf(entry);
        // What the row does not show is taken from its entry, as long as nothing else differs.
        if (!(rows.check(row, signed, entry) instanceof RowFinding.Other)) {
          leaf = signed;
        }
      }
      return new ParsedRow(place.line(), row, leaf, "");
    } catch (NoRowException e) {
      return new ParsedRow(place.line(), null, null, e.why());
    }
  }

  /** What differs between a row and what was signed in its place, for people. */
  String difference(Tile tile, int place) {
    var at = tile.rows().get(place);
    try {
      var row = reader.read(tile.text(), at.begin(), at.length());
      return rows.check(row, tile.leaf(place), at.entry()) instanceof RowFinding.Other(var what)
          ? what
          : "it is not what was signed";
    } catch (NoRowException e) {
      return e.why();
    }
  }

  static boolean same(ParsedRow row, byte[] leaf) {
    return Arrays.equals(row.leaf(), leaf);
  }
}
