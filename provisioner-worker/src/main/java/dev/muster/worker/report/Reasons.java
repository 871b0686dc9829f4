package dev.muster.worker.report;

/** What went wrong, in words that others have to keep. */
final class Reasons {

  private static final int LONGEST = 2_000;

  private Reasons() {}

  static String shortened(String reason) {
    return reason.length() <= LONGEST ? reason : reason.substring(0, LONGEST) + "…";
  }
}
