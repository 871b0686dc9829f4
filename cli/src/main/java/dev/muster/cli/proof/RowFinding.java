package dev.muster.cli.proof;

import java.util.List;

/** What came of holding a row against the leaf that was signed in its place. */
sealed interface RowFinding {

  /** All of it is what was signed. */
  record Whole() implements RowFinding {}

  /**
   * All that can be checked is what was signed.
   *
   * @param unchecked fields, with the reason
   */
  record InPart(List<String> unchecked) implements RowFinding {}

  /**
   * @param what differs, for people
   */
  record Other(String what) implements RowFinding {}

  Whole WHOLE = new Whole();
}
