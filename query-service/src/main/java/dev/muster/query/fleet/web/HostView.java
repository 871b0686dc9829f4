package dev.muster.query.fleet.web;

import dev.muster.events.host.HostAnnouncement;
import dev.muster.events.view.Rfc3339;

/**
 * A host of the API.
 *
 * @param worker who announced it last
 * @param lastSeen RFC 3339
 */
record HostView(
    String name, String region, String driver, int capacity, String worker, String lastSeen) {

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
