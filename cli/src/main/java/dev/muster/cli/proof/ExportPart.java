package dev.muster.cli.proof;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What stands in an export below its head. */
sealed interface ExportPart {

  /**
   * Rows, and the hashes of the leaves that they should have.
   *
   * @param number of the tile, from 0
   * @param line of these hashes in the file
   * @param text that the rows are in
   * @param leaves 32 bytes each
   */
  @SuppressWarnings("ArrayRecordComponent") // read where they are
  record Tile(long number, long line, byte[] text, List<RowPlace> rows, byte[] leaves)
      implements ExportPart {

    int width() {
      return leaves.length / LogHash.LENGTH;
    }

    byte[] leaf(int place) {
      return Arrays.copyOfRange(leaves, place * LogHash.LENGTH, (place + 1) * LogHash.LENGTH);
    }

    /** Index of its first row. */
    long first() {
      return number * ExportReader.WIDTH;
    }
  }

  /**
   * Where a row stands.
   *
   * @param line in the file
   * @param entry what was signed, where the row alone cannot show it
   */
  @SuppressWarnings("ArrayRecordComponent")
  record RowPlace(long line, int begin, int length, byte @Nullable [] entry) {

    RowPlace with(byte[] signed) {
      return new RowPlace(line, begin, length, signed);
    }
  }

  /** The end of a whole export. */
  record Foot(String checkpoint, String key, long line) implements ExportPart {}

  /**
   * The file is over before its end.
   *
   * @param line of the last line
   * @param rows behind the last hashes
   */
  record Cut(long line, int rows) implements ExportPart {}

  /**
   * A line that has no business where it is.
   *
   * @param what is wrong with it, for people
   */
  record Stray(long line, String what) implements ExportPart {}
}
