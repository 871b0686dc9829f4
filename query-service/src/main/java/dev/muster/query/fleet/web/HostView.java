package dev.muster.query.fleet.web;

import dev.muster.events.host.HostAnnouncement;
import dev.muster.events.view.Rfc3339;
import io.swagger.v3.oas.annotations.media.Schema;

/**
 * A machine that instances run on.
 *
 * @param driver how instances run there, such as {@code process} or {@code docker}
 * @param capacity how many instances it takes
 * @param worker who announced it last
 * @param lastSeen RFC 3339
 */
record HostView(
    String name,
    String region,
    String driver,
    int capacity,
    String worker,
    @Schema(format = "date-time") String lastSeen) {

  static HostView of(HostAnnouncement host) {
    return new HostView(
        host.name(),
        host.region(),
        host.driver(),
        host.capacity(),
        host.worker(),
        Rfc3339.of(host.at()));
  }
}
