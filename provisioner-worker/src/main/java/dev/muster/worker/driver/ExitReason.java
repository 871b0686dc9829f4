package dev.muster.worker.driver;

import java.util.Set;

/** How a process ended, in words, where the host tells a code only. */
public final class ExitReason {

  private static final int SIGNALLED = 128;
  private static final int SIGNALS = 64;

  /** CHLD, CONT, STOP, TSTP, TTIN, TTOU, URG and WINCH end nobody. */
  private static final Set<Integer> HARMLESS = Set.of(17, 18, 19, 20, 21, 22, 23, 28);

  private ExitReason() {}

  /** Whether that code is of a signal: 128 + n, for a signal n that ends processes. */
  public static boolean looksLikeSignal(int code) {
    var signal = code - SIGNALLED;
    return signal > 0 && signal <= SIGNALS && !HARMLESS.contains(signal);
  }

  /**
   * @param bySignal whether the code is 128 + n for signal n
   */
  public static String of(int code, boolean bySignal) {
    return bySignal
        ? "the process was ended by signal " + (code - SIGNALLED)
        : "the process ended with exit code " + code;
  }
}
