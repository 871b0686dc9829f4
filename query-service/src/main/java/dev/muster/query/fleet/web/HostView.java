package dev.muster.query.fleet.web;

import dev.muster.events.host.HostAnnouncement;
import dev.muster.events.view.Rfc3339;
import dev.muster.query.fleet.AnnouncedHosts;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A machine that instances run on.
 *
 * @param driver how instances run there, such as {@code process} or {@code docker}
 * @param capacity how many instances it takes
 * @param worker who announced it last
 * @param lastSeen RFC 3339
 * @param status {@code away} when no live worker of its region is there, or none has announced it
 *     within 90 seconds
 * @param capabilities what it can honour of {@code image}, {@code cpus}, {@code memory_mb}, {@code
 *     disk_mb} and {@code pids}; null when that is not known
 * @param isolation {@code user} when each instance runs as a user of its own, {@code namespace}
 *     when each has namespaces of its own (users, mounts, pids), and {@code none} when instances
 *     run as the platform does, or one of before does, or that is not known
 * @param cordoned whether it gets no new instances
 */
record HostView(
    String name,
    String region,
    String driver,
    int capacity,
    String worker,
    @Schema(format = "date-time") String lastSeen,
    @Schema(allowableValues = {"ready", "away"}) String status,
    @Nullable List<String> capabilities,
    @Schema(allowableValues = {"user", "namespace", "none"}) String isolation,
    boolean cordoned) {

  static HostView of(HostAnnouncement host, boolean reachable, Instant now) {
    return new HostView(
        host.name(),
        host.region(),
        host.driver(),
        host.capacity(),
        host.worker(),
        Rfc3339.of(host.at()),
        reachable && AnnouncedHosts.isPresent(host, now) ? "ready" : "away",
        host.capabilities(),
        isolation(host.isolation()),
        Boolean.TRUE.equals(host.cordoned()));
  }

  private static String isolation(@Nullable String announced) {
    return announced != null && List.of("user", "namespace").contains(announced)
        ? announced
        : "none";
  }
}
