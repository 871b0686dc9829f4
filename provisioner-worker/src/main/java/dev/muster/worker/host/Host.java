package dev.muster.worker.host;

import dev.muster.events.instance.InstanceSpec;
import dev.muster.worker.driver.HostDriver;
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

  /** Whether it can honour what is asked for, as far as it says. */
  public boolean honours(InstanceSpec spec) {
    var limits = spec.limits();
    var can = driver.capabilities();
    return (spec.image() == null || can.contains("image"))
        && can.containsAll(limits.bounds().keySet())
        && limits.over(driver.maximum()).isEmpty();
  }

  /** What who starts it should know of it, a line each. */
  public List<String> warnings() {
    return Stream.of(notIsolated(), notLimited()).flatMap(Optional::stream).toList();
  }

  private Optional<String> notIsolated() {
    var isolation = driver.isolation();
    if (!kind.equals("process") || isolation.reason().isEmpty()) {
      return Optional.empty();
    }
    var what =
        isolation.isUser()
            ? "see the process list and /tmp of the machine"
            : "are not isolated, and can do what the platform can";
    return Optional.of("Instances of host %s %s: %s".formatted(name, what, isolation.reason()));
  }

  private Optional<String> notLimited() {
    var obstacle = driver.obstacleToLimits();
    return obstacle.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "Instances of host %s can be held to %s, and to no other limit: %s"
                .formatted(name, String.join(", ", driver.capabilities()), obstacle));
  }
}
