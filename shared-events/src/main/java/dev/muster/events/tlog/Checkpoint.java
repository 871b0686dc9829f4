package dev.muster.events.tlog;

import java.util.Base64;

/**
 * What a log commits to: its name, how many entries it has, and the root of the tree over them.
 *
 * @param origin the log's name, also that of its key
 * @see <a href="https://c2sp.org/tlog-checkpoint">tlog-checkpoint</a>
 */
// Bytes, because that is what is signed; nothing compares two.
@SuppressWarnings("ArrayRecordComponent")
public record Checkpoint(String origin, long size, byte[] root) {

  /** The text that is signed. */
  public String text() {
    return "%s\n%d\n%s\n".formatted(origin, size, Base64.getEncoder().encodeToString(root));
  }

  /**
   * The size that a signed checkpoint is of.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static long sizeOf(String note) {
    var lines = note.split("\n", 4);
    if (lines.length < 4 || !lines[1].matches("0|[1-9][0-9]{0,17}")) {
      throw new IllegalArgumentException("not a checkpoint: " + note);
    }
    return Long.parseLong(lines[1]);
  }
}
