package dev.muster.worker.driver;

/**
 * What keeps the instances of a host from the platform and from each other.
 *
 * @param kind {@link #USER}, {@link #NAMESPACE} or {@link #NONE}
 * @param reason why there is no more; empty where there is all that this kind can have
 */
public record Isolation(String kind, String reason) {

  /** Each instance runs as a user of its own. */
  public static final String USER = "user";

  /** Each instance has namespaces of its own, and runs as the user of the platform. */
  public static final String NAMESPACE = "namespace";

  /** Instances run as the user of the platform. */
  public static final String NONE = "none";

  public static Isolation user() {
    return new Isolation(USER, "");
  }

  /** Without namespaces of its own. */
  public static Isolation userAlone(String reason) {
    return new Isolation(USER, reason);
  }

  public static Isolation namespace() {
    return new Isolation(NAMESPACE, "");
  }

  public static Isolation none(String reason) {
    return new Isolation(NONE, reason);
  }

  public boolean isUser() {
    return kind.equals(USER);
  }
}
