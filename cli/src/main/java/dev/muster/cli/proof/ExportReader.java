package dev.muster.cli.proof;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.cli.output.JsonText;
import dev.muster.cli.proof.ExportPart.Cut;
import dev.muster.cli.proof.ExportPart.Foot;
import dev.muster.cli.proof.ExportPart.RowPlace;
import dev.muster.cli.proof.ExportPart.Stray;
import dev.muster.cli.proof.ExportPart.Tile;
import dev.muster.cli.proof.LineReader.End;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Reads an export part by part; there is never more in memory than the rows of a tile. */
final class ExportReader implements AutoCloseable {

  /** Rows of a full tile. */
  static final int WIDTH = 256;

  /** So many rows may be too many in a tile before its hashes are taken for missing. */
  private static final int MOST_ROWS = 4 * WIDTH;

  private static final byte[] TILE = "{\"tile\":".getBytes(US_ASCII);
  private static final byte[] ENTRY = "{\"entry\":".getBytes(US_ASCII);
  private static final byte[] CHECKPOINT = "{\"checkpoint\":".getBytes(US_ASCII);

  private final LineReader lines;

  private ExportReader(LineReader lines) {
    this.lines = lines;
  }

  /** Below the head. */
  static ExportReader open(Path file) throws IOException {
    var lines = new LineReader(Files.newInputStream(file), file.toString());
    lines.first();
    return new ExportReader(lines);
  }

  /** Bytes that were read. */
  long offset() {
    return lines.offset();
  }

  /** The next part; none at the end of the file. */
  Optional<ExportPart> next() throws IOException {
    var text = new ByteText();
    var rows = new ArrayList<RowPlace>();
    while (true) {
      int begin = text.length();
      var end = lines.next(text);
      if (end != End.LINE) {
        return end == End.FILE && rows.isEmpty()
            ? Optional.empty()
            : Optional.of(new Cut(lines.number(), rows.size()));
      }
      if (begins(text, begin, TILE)) {
        return Optional.of(tile(text, begin, rows));
      }
      if (begins(text, begin, CHECKPOINT)) {
        return Optional.of(rows.isEmpty() ? foot(text, begin) : noHashes());
      }
      // One that is behind no row of its own stands for that row.
      if (begins(text, begin, ENTRY) && addEntry(text, begin, rows)) {
        text.cutTo(begin);
      } else if (rows.size() == MOST_ROWS) {
        return Optional.of(noHashes());
      } else {
        rows.add(new RowPlace(lines.number(), begin, text.length() - begin, null));
      }
    }
  }

  private Stray noHashes() {
    return new Stray(lines.number(), "the hashes of the rows before it are missing");
  }

  private static boolean begins(ByteText text, int begin, byte[] with) {
    return text.length() - begin >= with.length
        && Arrays.equals(text.array(), begin, begin + with.length, with, 0, with.length);
  }

  private ExportPart tile(ByteText text, int begin, List<RowPlace> rows) {
    var line = json(text, begin);
    var number = line.path(ExportLines.TILE);
    var leaves = bytes(line.path(ExportLines.LEAVES).asString(""));
    if (!number.canConvertToLong()
        || leaves.length == 0
        || leaves.length % LogHash.LENGTH != 0
        || leaves.length > WIDTH * LogHash.LENGTH
        || !isWritten(ExportLines.tile(number.longValue(), leaves), text, begin)) {
      return new Stray(lines.number(), "the hashes in it are none");
    }
    return new Tile(number.longValue(), lines.number(), text.array(), rows, leaves);
  }

  private ExportPart foot(ByteText text, int begin) {
    var line = json(text, begin);
    return new Foot(
        line.path(ExportLines.CHECKPOINT).asString(""),
        line.path(ExportLines.KEY).asString(""),
        lines.number());
  }

  private static boolean addEntry(ByteText text, int begin, List<RowPlace> rows) {
    var entry = json(text, begin).path(ExportLines.ENTRY).asString("").getBytes(UTF_8);
    if (rows.isEmpty()
        || rows.getLast().entry() != null
        || !isWritten(ExportLines.entry(entry), text, begin)) {
      return false;
    }
    rows.add(rows.removeLast().with(entry));
    return true;
  }

  private static JsonNode json(ByteText text, int begin) {
    try {
      return JsonText.MAPPER.readTree(text.array(), begin, text.length() - begin);
    } catch (JacksonException e) {
      return JsonText.MAPPER.missingNode();
    }
  }

  /** Whether the line is to the byte what an export writes; so nothing can be put into it. */
  private static boolean isWritten(byte[] line, ByteText text, int begin) {
    int length = line.length - 1;
    return text.length() - begin == length
        && Arrays.equals(text.array(), begin, begin + length, line, 0, length);
  }

  private static byte[] bytes(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
