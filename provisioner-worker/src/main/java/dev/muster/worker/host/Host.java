package dev.muster.worker.host;

import dev.muster.worker.driver.HostDriver;
import java.util.Optional;

/**
 * A place for instances that this worker can reach.
 *
 * @param kind of its driver, as the configuration names it
 * @param capacity how many instances it takes
 */
public record Host(String name, String region, String kind, int capacity, HostDriver driver) {

  /** One line for who starts it, when programs run on it that are not isolated. */
  public Optional<String> notIsolated() {
    var isolation = driver.isolation();
    return kind.equals("process") && !isolation.isUser()
        ? Optional.of(
            "Instances of host %s are not isolated, and can do what the platform can: %s"
                .formatted(name, isolation.reason()))
        : Optional.empty();
  }
}
