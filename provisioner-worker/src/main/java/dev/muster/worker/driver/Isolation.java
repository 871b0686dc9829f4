package dev.muster.worker.driver;

/**
 * What keeps the instances of a host from the platform and from each other.
 *
 * @param kind {@link #USER} or {@link #NONE}
 * @param reason why there is none; empty otherwise
 */
public record Isolation(String kind, String reason) {

  /** Each instance runs as a user of its own. */
  public static final String USER = "user";

  /** Instances run as the user of the platform. */
  public static final String NONE = "none";

  public static Isolation user() {
    return new Isolation(USER, "");
  }

  public static Isolation none(String reason) {
    return new Isolation(NONE, reason);
  }

  public boolean isUser() {
    return kind.equals(USER);
  }
}
