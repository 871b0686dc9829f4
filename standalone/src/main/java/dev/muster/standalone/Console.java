package dev.muster.standalone;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** What the person who started Muster reads: progress on one stream, failures on the other. */
record Console(PrintStream out, PrintStream err) {

  void say(String line) {
    out.println(line);
    out.flush();
  }

  void took(String what, long startedNanos) {
    say("  %s … %s".formatted(what, seconds(startedNanos)));
  }

  void fail(String line) {
    err.println("muster: " + line);
    err.flush();
  }

  /** Tells the script that waits that all is ready, when this run is to go on without it. */
  void closeIfDetached() {
    if (Boolean.getBoolean("muster.detached")) {
      out.close();
      err.close();
    }
  }

  static String seconds(long startedNanos) {
    var taken = Duration.ofNanos(System.nanoTime() - startedNanos);
    return String.format(Locale.ROOT, "%.1f s", taken.toMillis() / 1000.0);
  }
}
