package dev.muster.cli.proof;

import dev.muster.cli.proof.ExportPart.Cut;
import dev.muster.cli.proof.ExportPart.Foot;
import dev.muster.cli.proof.ExportPart.Stray;
import dev.muster.cli.proof.ExportPart.Tile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says what is wrong with an export that is not as it was signed: the first row that is not where
 * the hashes beside it want it, and whether these are the signed ones.
 */
final class MismatchReport {

  private final Path file;
  private final TrustAnchors evidence;
  private final LogHash hash = new LogHash();
  private final TileRows rows = new TileRows();
  private final MerkleTree ofRows = new MerkleTree(hash);
  private final MerkleTree ofTiles = new MerkleTree(hash);
  private @Nullable MisplacedRow first;
  private @Nullable String stray;

  /** Where the file is over without its end. */
  private @Nullable String cut;

  private @Nullable Foot foot;
  private long tiles;
  private boolean everyRowIsOne = true;

  MismatchReport(Path file, TrustAnchors evidence) {
    this.file = file;
    this.evidence = evidence;
  }

  NotProvedException run() throws IOException {
    try (var reader = ExportReader.open(file)) {
      for (var part = reader.next(); part.isPresent(); part = reader.next()) {
        look(part.get());
      }
    }
    var misplaced = first;
    if (misplaced != null && stray == null && onlyHashesDiffer()) {
      return new NotProvedException(
          "%s is not as it was written: the hash kept for index %d was changed (line %d); every row is as it was signed"
              .formatted(file, misplaced.index(), misplaced.hashes()));
    }
    var what = misplaced == null ? stray : new RowSearch(file, misplaced).kind();
    if (what == null) {
      return onlyTheRoot();
    }
    var more = new ArrayList<String>();
    more.add(whatIsKnown());
    if (first != null && stray != null) {
      more.add(stray);
    }
    return new NotProvedException("%s is not as it was signed: %s".formatted(file, what), more);
  }

  private void look(ExportPart part) {
    if (foot != null) {
      stray("line %d stands behind the end".formatted(foot.line() + 1));
      return;
    }
    switch (part) {
      case Tile tile -> look(tile);
      case Foot end -> foot = end;
      case Stray(var line, var what) -> stray("line %d: %s".formatted(line, what));
      case Cut(var line, var rowsBehind) ->
          cut = "line %d, index %d".formatted(line, ofTiles.size() + rowsBehind - 1);
    }
  }

  private void stray(String what) {
    if (stray == null) {
      stray = what;
    }
  }

  private void look(Tile tile) {
    var seen = rows.of(tile);
    seen.forEach(this::growByRow);
    for (int i = 0; i < tile.width(); i++) {
      ofTiles.addLeaf(tile.leaf(i));
    }
    if (first == null && stray == null) {
      if (tile.number() != tiles) {
        stray(misnumbered(tile));
      } else {
        first = firstMisplaced(tile, seen).orElse(null);
      }
    }
    tiles++;
  }

  private void growByRow(ParsedRow row) {
    var leaf = row.leaf();
    if (leaf == null) {
      everyRowIsOne = false;
    } else {
      ofRows.addLeaf(leaf);
    }
  }

  private String misnumbered(Tile tile) {
    long due = tiles * ExportReader.WIDTH;
    return tile.number() > tiles
        ? "the rows from index %d to %d are missing, or their hashes (line %d)"
            .formatted(due, tile.first() - 1, tile.line())
        : "the rows from index %d on stand twice, or their hashes (line %d)"
            .formatted(tile.first(), tile.line());
  }

  private Optional<MisplacedRow> firstMisplaced(Tile tile, List<ParsedRow> seen) {
    for (int i = 0; i < Math.max(seen.size(), tile.width()); i++) {
      if (i >= seen.size() || i >= tile.width() || !isInPlace(tile, seen.get(i), i)) {
        var difference = i < Math.min(seen.size(), tile.width()) ? rows.difference(tile, i) : "";
        return Optional.of(MisplacedRow.at(tile, seen, i, difference));
      }
    }
    return Optional.empty();
  }

  private static boolean isInPlace(Tile tile, ParsedRow seen, int place) {
    var row = seen.row();
    return row != null
        && row.leafIndex() == tile.first() + place
        && TileRows.same(seen, tile.leaf(place));
  }

  private boolean onlyHashesDiffer() {
    return everyRowIsOne
        && checkpoint()
            .filter(signed -> isRootOf(ofRows, signed) && !isRootOf(ofTiles, signed))
            .isPresent();
  }

  /** How far what was found is proved itself. */
  private String whatIsKnown() {
    var checkpoint = checkpoint();
    if (checkpoint.isEmpty()) {
      return "Its end is missing: nothing signed says how the whole of it was.";
    }
    if (isRootOf(ofTiles, checkpoint.get())) {
      return "The hashes that it was held against make up the signed root.";
    }
    return "The hashes beside the rows do not make up the signed root either: more than this was"
        + " changed.";
  }

  private NotProvedException onlyTheRoot() {
    var checkpoint = checkpoint();
    if (foot == null || checkpoint.isEmpty()) {
      return new NotProvedException(
          "%s is half an export: it ends behind %s"
              .formatted(file, cut == null ? "index " + (ofTiles.size() - 1) : cut),
          "Next: muster audit export, which goes on where it was cut off");
    }
    var signed = checkpoint.get();
    if (signed.size() != ofTiles.size()) {
      return new NotProvedException(
          "%s has %,d rows, and its checkpoint was signed over %,d: the rest was taken out"
              .formatted(file, ofTiles.size(), signed.size()));
    }
    return new NotProvedException(
        "%s has the rows of another log: rows and hashes fit each other, and not the signed root"
            .formatted(file),
        "Or the past was made anew, hashes and all; no row can be named then.");
  }

  private Optional<SignedCheckpoint> checkpoint() {
    return Optional.ofNullable(foot)
        .map(end -> SignedCheckpoint.parse(end.checkpoint(), "the checkpoint in " + file))
        .or(() -> evidence.kept().map(TrustAnchors.Kept::checkpoint));
  }

  private static boolean isRootOf(MerkleTree tree, SignedCheckpoint checkpoint) {
    return tree.size() == checkpoint.size() && Arrays.equals(tree.root(), checkpoint.root());
  }
}
