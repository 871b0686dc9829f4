package dev.muster.cli.server;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** What somebody may have meant. */
public final class Nearest {

  private static final int MOST = 3;

  private Nearest() {}

  /** The known words that are closest to this one, best first. */
  public static List<String> to(String word, Collection<String> known) {
    int most = Math.max(1, word.length() / 3);
    return known.stream()
        .distinct()
        .filter(
            other -> distance(word, other) <= most || other.startsWith(word) && word.length() > 1)
        .sorted(Comparator.comparingInt(other -> distance(word, other)))
        .limit(MOST)
        .toList();
  }

  /** How many letters are to be put in, taken out, changed, or swapped with their neighbour. */
  static int distance(String a, String b) {
    var d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        d[i][j] = Math.min(Math.min(d[i - 1][j] + 1, d[i][j - 1] + 1), d[i - 1][j - 1] + change);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
