package run;

import java.util.Locale;

/** Says on standard error what goes on, so that standard output has nothing but what was found. */
public final class Progress {

  private static final long BEGUN = System.nanoTime();

  private Progress() {}

  public static void say(String pattern, Object... values) {
    var line = String.format(Locale.ROOT, pattern, values);
    System.err.printf(Locale.ROOT, "[%4.0f s] %s%n", (System.nanoTime() - BEGUN) / 1e9, line);
  }
}
