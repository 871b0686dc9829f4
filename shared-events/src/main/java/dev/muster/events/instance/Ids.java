package dev.muster.events.instance;

import com.github.f4b6a3.ulid.UlidCreator;

/**
 * Time-ordered identifiers: a prefix and a lower-case ULID of 26 characters, such as {@code
 * inst_01jqxw6c9m3h2v8k5r7t4n0pbd}. Ids made by one process sort in the order they were made.
 */
public final class Ids {

  private Ids() {}

  public static String newInstance() {
    return next("inst_");
  }

  public static String newOperation() {
    return next("op_");
  }

  public static String newEvent() {
    return next("ev_");
  }

  public static String newOutcome() {
    return next("out_");
  }

  public static String newRequest() {
    return next("req_");
  }

  private static String next(String prefix) {
    return prefix + UlidCreator.getMonotonicUlid().toLowerCase();
  }
}
