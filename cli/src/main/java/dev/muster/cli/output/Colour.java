package dev.muster.cli.output;

/** Colours of words that say how something is. */
final class Colour {

  private static final String END = "\u001b[0m";

  private Colour() {}

  static String ofStatus(String status) {
    int code =
        switch (status) {
          case "running", "ready", "active", "ok", "succeeded" -> 32;
          case "error", "failed", "revoked" -> 31;
          case "creating", "paused", "away", "draining", "warning" -> 33;
          default -> 0;
        };
    return code == 0 ? status : "\u001b[" + code + "m" + status + END;
  }
}
