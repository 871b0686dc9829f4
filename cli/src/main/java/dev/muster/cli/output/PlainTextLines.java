package dev.muster.cli.output;

import static java.util.stream.Collectors.joining;

/** {@link PlainText} of several lines. */
final class PlainTextLines {

  private PlainTextLines() {}

  static String harmless(String text) {
    return text.lines().map(PlainText::harmless).collect(joining("\n"));
  }
}
