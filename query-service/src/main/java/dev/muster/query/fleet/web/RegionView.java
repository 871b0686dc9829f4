package dev.muster.query.fleet.web;

import dev.muster.events.host.HostAnnouncement;
import java.util.List;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * A region that hosts serve.
 *
 * @param hosts how many it has
 * @param capacity instances that they take together
 * @param workers how many act for it: live ones that do not drain; without one nothing is created
 */
record RegionView(String name, int hosts, long capacity, long workers) {

  /** The regions of these hosts, by name. */
  static List<RegionView> of(List<HostAnnouncement> hosts, ToLongFunction<String> acting) {
    var byRegion =
        hosts.stream()
            .collect(
                Collectors.groupingBy(HostAnnouncement::region, TreeMap::new, Collectors.toList()));
    return byRegion.entrySet().stream()
        .map(region -> of(region.getKey(), region.getValue(), acting))
        .toList();
  }

  private static RegionView of(
      String name, List<HostAnnouncement> hosts, ToLongFunction<String> acting) {
    return new RegionView(
        name,
        hosts.size(),
        hosts.stream().mapToLong(HostAnnouncement::capacity).sum(),
        acting.applyAsLong(name));
  }
}
