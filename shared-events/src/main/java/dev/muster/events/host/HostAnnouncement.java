package dev.muster.events.host;

import dev.muster.events.instance.Limits;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A worker says that it can reach a host. The newest announcement of a name is the one that counts;
 * a tombstone takes it back.
 *
 * @param capacity how many instances it takes
 * @param worker name of the worker that announced it
 * @param capabilities what it can honour of {@code image} and the bounds of {@link Limits}; null
 *     when that is not known, as of workers of before
 * @param isolation {@code user} when each of its instances runs as a user of its own, {@code
 *     namespace} when each has namespaces of its own; null, as of workers of before, is {@code
 *     none}
 * @param maximum the bounds that an instance may ask for; null when there are none
 * @param cordoned whether it gets no new instances; null when that is not known, as of workers of
 *     before
 */
public record HostAnnouncement(
    String name,
    String region,
    String driver,
    int capacity,
    String worker,
    Instant at,
    @Nullable List<String> capabilities,
    @Nullable String isolation,
    @Nullable Limits maximum,
    @Nullable Boolean cordoned) {

  /** A worker says it again so often, as long as it can reach the host. */
  public static final Duration INTERVAL = Duration.ofSeconds(30);

  /** A host of which nothing was heard for so long is gone. */
  public static final Duration GONE_AFTER = Duration.ofMinutes(10);

  public HostAnnouncement {
    capabilities = capabilities == null ? null : List.copyOf(capabilities);
  }

  /** One whose instances are neither isolated nor bounded. */
  public HostAnnouncement(
      String name,
      String region,
      String driver,
      int capacity,
      String worker,
      Instant at,
      @Nullable List<String> capabilities) {
    this(name, region, driver, capacity, worker, at, capabilities, null, null, null);
  }
}
