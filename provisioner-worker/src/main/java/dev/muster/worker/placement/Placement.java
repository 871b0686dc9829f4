package dev.muster.worker.placement;

import dev.muster.events.instance.InstanceSpec;
import dev.muster.worker.driver.HostFaultException;
import dev.muster.worker.host.Host;
import dev.muster.worker.host.HostDirectory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses hosts. Of two random ones the less loaded is taken, which is nearly as even as looking at
 * all of them. The two depend on the operation alone, so that a redelivery looks at the same.
 */
public final class Placement {

  private static final Logger log = LoggerFactory.getLogger(Placement.class);

  /** In one line. */
  private static final int NAMED = 10;

  private final HostDirectory hosts;
  private final Predicate<String> cordoned;

  /**
   * @param cordoned whether the host of that name is to get no new instances; may throw {@link
   *     HostFaultException}
   */
  public Placement(HostDirectory hosts, Predicate<String> cordoned) {
    this.hosts = hosts;
    this.cordoned = cordoned;
  }

  /** Where to start an instance: on the host it was placed on, if any, else on a new one. */
  public PlacementResult forStart(
      InstanceSpec spec, String instanceId, String operationId, @Nullable String host) {
    return host == null ? placed(spec, instanceId, operationId) : named(spec.region(), host);
  }

  /** Where an instance is that nobody wants to move. */
  public PlacementResult whereItIs(String region, String instanceId, @Nullable String host) {
    if (host != null) {
      return named(region, host);
    }
    var all = hosts.in(region);
    return holder(all, all, instanceId)
        .<PlacementResult>map(PlacementResult.At::new)
        .orElseGet(
            () -> new PlacementResult.Nowhere("no host of region %s holds it".formatted(region)));
  }

  /**
   * Where anything of an instance may be: on the host it was placed on and wherever it is found.
   * While it was placed nowhere a start may be under way on any host of the region. A host that
   * does not work is asked for nothing but its own instances.
   */
  public List<Host> everywhere(String region, String instanceId, @Nullable String host) {
    return hosts.in(region).stream()
        .filter(h -> host == null || h.name().equals(host) || knows(h, instanceId).orElse(false))
        .toList();
  }

  private PlacementResult named(String region, String host) {
    return hosts
        .find(region, host)
        .<PlacementResult>map(PlacementResult.At::new)
        .orElseGet(
            () ->
                new PlacementResult.Nowhere(
                    "host %s is not configured at the worker of region %s"
                        .formatted(host, region)));
  }

  private PlacementResult placed(InstanceSpec spec, String instanceId, String operationId) {
    var all = hosts.in(spec.region());
    var fit = fit(all, spec);
    // Of all that fit, cordoned or not: what was tried before somebody cordoned is looked at again.
    var two = two(fit, operationId);
    return holder(all, two, instanceId)
        .or(() -> lessLoaded(open(two)))
        .or(() -> lessLoaded(open(fit)))
        .<PlacementResult>map(PlacementResult.At::new)
        .orElseGet(() -> open(fit).isEmpty() ? cordoned(spec.region(), fit) : full(spec, all, fit));
  }

  private List<Host> open(List<Host> among) {
    return among.stream().filter(host -> !cordoned.test(host.name())).toList();
  }

  private static PlacementResult.Nowhere cordoned(String region, List<Host> fit) {
    var names = fit.stream().map(Host::name).limit(NAMED).collect(Collectors.joining(", "));
    var more = fit.size() > NAMED ? " and %d more".formatted(fit.size() - NAMED) : "";
    return new PlacementResult.Nowhere(
        "hosts of region %s that can take it are cordoned: %s%s".formatted(region, names, more));
  }

  // Where none is, one that has room says what it cannot.
  private static List<Host> fit(List<Host> all, InstanceSpec spec) {
    var fit = all.stream().filter(host -> host.honours(spec)).toList();
    return fit.isEmpty() ? all : fit;
  }

  /**
   * @param likely where it may be: that one of these does not work must not have it started twice
   * @throws HostFaultException when it is not found, and one of those does not work
   */
  private static Optional<Host> holder(List<Host> among, List<Host> likely, String instanceId) {
    var away = new ArrayList<Host>();
    for (var host : among) {
      var knows = knows(host, instanceId);
      if (knows.orElse(false)) {
        return Optional.of(host);
      }
      if (knows.isEmpty()) {
        away.add(host);
      }
    }
    away.retainAll(likely);
    if (!away.isEmpty()) {
      throw new HostFaultException(
          "host %s does not work, and may hold it".formatted(away.getFirst().name()));
    }
    return Optional.empty();
  }

  /** Empty when the host does not work. */
  private static Optional<Boolean> knows(Host host, String instanceId) {
    try {
      return Optional.of(host.driver().knows(instanceId));
    } catch (HostFaultException e) {
      log.warn(
          "a host does not say whether it holds an instance host={} instance_id={} cause={}",
          host.name(),
          instanceId,
          String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private static List<Host> two(List<Host> all, String operationId) {
    if (all.size() <= 2) {
      return all;
    }
    var random = new SplittableRandom(operationId.hashCode());
    int first = random.nextInt(all.size());
    int second = (first + 1 + random.nextInt(all.size() - 1)) % all.size();
    return List.of(all.get(first), all.get(second));
  }

  private static Optional<Host> lessLoaded(List<Host> among) {
    return loaded(among)
        .filter(loaded -> loaded.load() < loaded.host().capacity())
        .min(Comparator.comparingDouble(Loaded::share))
        .map(Loaded::host);
  }

  private PlacementResult.Nowhere full(InstanceSpec spec, List<Host> all, List<Host> fit) {
    var region = spec.region();
    var load = loaded(fit).mapToLong(Loaded::load).sum();
    var capacity = fit.stream().mapToLong(Host::capacity).sum();
    var what =
        fit.size() == all.size() ? "region %s is" : "hosts of region %s that can take it are";
    return new PlacementResult.Nowhere(
        (what + " full (%d of %d)").formatted(region, load, capacity));
  }

  private static Stream<Loaded> loaded(List<Host> among) {
    return among.stream().map(host -> new Loaded(host, load(host)));
  }

  // A broken host takes nothing, and must not keep the others from it.
  private static int load(Host host) {
    try {
      return host.driver().load();
    } catch (HostFaultException e) {
      log.error("a host cannot be looked at and gets no instances host={}", host.name(), e);
      return host.capacity();
    }
  }

  private record Loaded(Host host, int load) {

    double share() {
      return (double) load / host.capacity();
    }
  }
}
