package dev.muster.worker.driver;

import java.util.List;
import java.util.Optional;

/**
 * What the instances of a host print. A host keeps a bounded part of it until it is taken. As safe
 * as its {@link HostDriver}, and fails as that does.
 */
public interface HostOutput {

  /**
   * The instances that may have printed what nobody has taken, among them those that were removed
   * and whose last output was not taken. Costs little while they are silent.
   */
  List<String> printing();

  /**
   * What that instance has printed and nobody has taken; the same again until it is taken.
   *
   * @param atMost bytes of it
   * @return empty when there is nothing, and no end to tell
   */
  Optional<Output> untaken(String instanceId, int atMost);

  /** The first {@code count} bytes of that are safe elsewhere; outlives the driver. */
  void taken(Output output, int count);

  /** The instances there that have printed something. */
  default List<String> havePrinted() {
    return List.of();
  }

  /**
   * The newest of what was taken of that instance, from the beginning of a line on, for readers who
   * have lost it.
   *
   * @param atMost bytes of it
   */
  default Optional<Output> takenBefore(String instanceId, int atMost) {
    return Optional.empty();
  }
}
