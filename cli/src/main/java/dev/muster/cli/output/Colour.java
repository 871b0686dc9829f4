package dev.muster.cli.output;

/** Colours of words that say how something is. */
final class Colour {

  private static final String END = "\u001b[0m";

  private Colour() {}

  /**
   * @param text how it is shown, which may be its beginning alone
   */
  static String ofStatus(String status, String text) {
    int code =
        switch (status) {
          case "running", "ready", "active", "ok", "succeeded" -> 32;
          case "error", "failed", "revoked" -> 31;
          case "creating", "paused", "away", "draining", "warning" -> 33;
          default -> 0;
        };
    return code == 0 ? text : "\u001b[" + code + "m" + text + END;
  }
}
