package dev.muster.worker.host;

import dev.muster.events.instance.InstanceSpec;
import dev.muster.worker.driver.HostDriver;
import dev.muster.worker.driver.Isolation;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A place for instances that this worker can reach.
 *
 * @param kind of its driver, as the configuration names it
 * @param capacity how many instances it takes
 */
public record Host(String name, String region, String kind, int capacity, HostDriver driver) {

  /** In one line. */
  private static final int NAMED = 10;

  /** Whether it can honour what is asked for, as far as it says. */
  public boolean honours(InstanceSpec spec) {
    var limits = spec.limits();
    var features = driver.features();
    var can = features.capabilities();
    return (spec.image() == null ? !kind.equals("docker") : can.contains("image"))
        && can.containsAll(limits.bounds().keySet())
        && limits.over(features.maximum()).isEmpty();
  }

  /** The kind that holds for each of its instances, as the driver names it. */
  public String isolation() {
    return driver.notIsolated().isEmpty() ? driver.features().isolation().kind() : Isolation.NONE;
  }

  /** What who starts it should know of it, a line each. */
  public List<String> warnings() {
    return Stream.of(notIsolated(), ofBefore(), notLimited()).flatMap(Optional::stream).toList();
  }

  private Optional<String> notIsolated() {
    var isolation = driver.features().isolation();
    if (!kind.equals("process") || isolation.reason().isEmpty()) {
      return Optional.empty();
    }
    var what =
        isolation.isUser()
            ? "see the process list and /tmp of the machine"
            : "are not isolated, and can do what the platform can";
    return Optional.of("Instances of host %s %s: %s".formatted(name, what, isolation.reason()));
  }

  private Optional<String> ofBefore() {
    var instances = driver.notIsolated();
    return instances.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "Instances of host %s were started before it isolated them, and can do what the platform can until their next restart: %s"
                .formatted(name, shortened(instances)));
  }

  private static String shortened(List<String> names) {
    var shown = String.join(", ", names.subList(0, Math.min(NAMED, names.size())));
    return names.size() > NAMED ? "%s and %d more".formatted(shown, names.size() - NAMED) : shown;
  }

  private Optional<String> notLimited() {
    var features = driver.features();
    return features.obstacle().isEmpty()
        ? Optional.empty()
        : Optional.of(
            "Instances of host %s can be held to %s, and to no other limit: %s"
                .formatted(name, String.join(", ", features.capabilities()), features.obstacle()));
  }
}
