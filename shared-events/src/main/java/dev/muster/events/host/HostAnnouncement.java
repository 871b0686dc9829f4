package dev.muster.events.host;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A worker says that it can reach a host. The newest announcement of a name is the one that counts;
 * a tombstone takes it back.
 *
 * @param capacity how many instances it takes
 * @param worker name of the worker that announced it
 * @param capabilities what it can honour of {@code image}, {@code cpus} and {@code memory_mb}; null
 *     when that is not known, as of workers of before
 */
public record HostAnnouncement(
    String name,
    String region,
    String driver,
    int capacity,
    String worker,
    Instant at,
    @Nullable List<String> capabilities) {

  public HostAnnouncement {
    capabilities = capabilities == null ? null : List.copyOf(capabilities);
  }
}
