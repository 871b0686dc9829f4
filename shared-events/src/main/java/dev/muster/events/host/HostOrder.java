package dev.muster.events.host;

import java.time.Instant;

/**
 * A host is to get no new instances, or to get some again. The newest order of a host counts, for
 * every worker that reaches it, and until there is another.
 *
 * @param host its name
 * @param requestedBy id of the API key that asked
 * @param cordoned false when it is to get new instances again
 */
public record HostOrder(String host, String requestedBy, Instant at, boolean cordoned) {

  private static final String KEY_PREFIX = "host/";

  /** Its key among the orders to workers, whose names have no slash. */
  public String key() {
    return KEY_PREFIX + host;
  }

  /** Whether an order with that key is to a host. */
  public static boolean isKey(String key) {
    return key.startsWith(KEY_PREFIX);
  }
}
