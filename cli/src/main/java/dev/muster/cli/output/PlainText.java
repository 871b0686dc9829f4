package dev.muster.cli.output;

import java.util.regex.Pattern;

/** Text of others, made fit for a terminal: its width, and no control over anything. */
public final class PlainText {

  /** What moves, colours or turns around what stands beside it. */
  private static final Pattern HARMFUL =
      Pattern.compile("[\\p{Cc}\\u2028\\u2029\\u200e\\u200f\\u061c\\u202a-\\u202e\\u2066-\\u2069]");

  private static final Pattern CLUSTER = Pattern.compile("\\X");
  private static final int EMOJI_STYLE = 0xFE0F;

  private PlainText() {}

  /** With control characters written out, such as {@code \u001b}. */
  public static String harmless(String text) {
    if (isPlain(text)) {
      return text;
    }
    return HARMFUL
        .matcher(text)
        .replaceAll(found -> "\\\\u%04x".formatted((int) found.group().charAt(0)));
  }

  /** How many columns a terminal needs for it. */
  public static int width(String text) {
    if (isPlain(text)) {
      return text.length();
    }
    return CLUSTER.matcher(text).results().mapToInt(found -> clusterWidth(found.group())).sum();
  }

  /** Its beginning, so that it needs no more columns than that. */
  public static String cut(String text, int columns) {
    if (width(text) <= columns) {
      return text;
    }
    var kept = new StringBuilder();
    int left = columns - 1;
    for (var cluster : CLUSTER.matcher(text).results().map(found -> found.group()).toList()) {
      left -= clusterWidth(cluster);
      if (left < 0) {
        break;
      }
      kept.append(cluster);
    }
    return kept.append('…').toString();
  }

  private static boolean isPlain(String text) {
    return text.chars().allMatch(c -> c >= ' ' && c < 0x7f);
  }

  private static int clusterWidth(String cluster) {
    if (cluster.indexOf(EMOJI_STYLE) >= 0) {
      return 2;
    }
    return cluster.codePoints().map(PlainText::width).max().orElse(0);
  }

  private static int width(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> 0;
      default -> isWide(codePoint) ? 2 : 1;
    };
  }

  private static boolean isWide(int codePoint) {
    if (codePoint < 0x1100) {
      return false;
    }
    return Character.isEmojiPresentation(codePoint)
        || codePoint <= 0x115f
        || codePoint >= 0x2e80 && codePoint <= 0xa4cf && codePoint != 0x303f
        || codePoint >= 0xac00 && codePoint <= 0xd7a3
        || codePoint >= 0xf900 && codePoint <= 0xfaff
        || codePoint >= 0xfe30 && codePoint <= 0xfe6f
        || codePoint >= 0xff00 && codePoint <= 0xff60
        || codePoint >= 0xffe0 && codePoint <= 0xffe6
        || codePoint >= 0x20000 && codePoint <= 0x3fffd;
  }
}
