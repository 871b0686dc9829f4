package dev.muster.worker.host;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Every host that this worker can reach, sorted by name. */
public final class HostDirectory {

  private final List<Host> all;

  public HostDirectory(List<Host> hosts) {
    this.all = hosts.stream().sorted(Comparator.comparing(Host::name)).toList();
  }

  public List<Host> all() {
    return all;
  }

  public List<Host> in(String region) {
    return all.stream().filter(host -> host.region().equals(region)).toList();
  }

  public Optional<Host> find(String region, String name) {
    return in(region).stream().filter(host -> host.name().equals(name)).findFirst();
  }

  public SortedSet<String> regions() {
    return all.stream().map(Host::region).collect(Collectors.toCollection(TreeSet::new));
  }
}
