package platform;

import java.util.Map;

/**
 * What a platform is started with.
 *
 * @param config the content of its configuration file, or nothing for the embedded default
 */
public record Setup(String config, Map<String, String> environment) {

  private static final Map<String, String> UNLIMITED =
      Map.of("MUSTER_REQUESTS_PER_SECOND", "0"); // one key makes all calls

  /** Hosts that act within a millisecond and cost next to nothing. */
  public static Setup simulated() {
    return new Setup(
        """
        muster:
          hosts:
            - { name: sim-1, region: us-east-1, driver: simulated, action-latency: 1ms, capacity: 1000000 }
            - { name: sim-2, region: us-east-1, driver: simulated, action-latency: 1ms, capacity: 1000000 }
        """,
        UNLIMITED);
  }

  /** Instances are processes of this machine. */
  public static Setup processes() {
    return new Setup("", UNLIMITED);
  }

  boolean actsOnThisMachine() {
    return config.isEmpty();
  }
}
