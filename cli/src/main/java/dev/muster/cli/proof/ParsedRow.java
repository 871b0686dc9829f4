package dev.muster.cli.proof;

import org.jspecify.annotations.Nullable;

/**
 * A row as it stands in a file.
 *
 * @param row null when the line is none
 * @param leaf that it makes up, or that of the signed entry behind it; null when there is neither
 * @param trouble why the line is no row; empty when it is one
 */
@SuppressWarnings("ArrayRecordComponent")
record ParsedRow(long line, @Nullable AuditRow row, byte @Nullable [] leaf, String trouble) {

  /** For people. */
  String named() {
    return row == null ? "line %d".formatted(line) : "line %d, %s".formatted(line, row.named());
  }
}
