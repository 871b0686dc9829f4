package dev.muster.worker.driver;

import dev.muster.events.health.HealthSample;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * One host. What every host has is here; what it may have beside are {@link #output} and {@link
 * #shells}. What is known about an instance lives on the host, not in the driver, so that any
 * worker finds it again. Safe for use by many threads and by several workers at once; every method
 * throws {@link HostFaultException} when the host does not work.
 */
public interface HostDriver {

  /** What it can do for its instances. */
  HostFeatures features();

  /** What its instances print; empty where the host cannot tell. */
  default Optional<HostOutput> output() {
    return Optional.empty();
  }

  /** The way into its instances; empty where there is none. */
  default Optional<HostShells> shells() {
    return Optional.empty();
  }

  /** The instances that run without its isolation, as before it had that, until their restart. */
  default List<String> notIsolated() {
    return List.of();
  }

  /** Makes the host as the task wants it, doing only what is missing. */
  ActionResult perform(Task task) throws InterruptedException;

  /**
   * A task of that place in the history is on its way: what an earlier one has not begun by now is
   * not begun any more.
   */
  default void fence(String instanceId, long sequence) {}

  /** Whether the host holds anything of this instance. */
  boolean knows(String instanceId);

  /** Whether the host keeps the instance paused, or was told to and is about to. */
  boolean keepsPaused(String instanceId);

  /** How many places are taken, of as many as the host has capacity. */
  int load();

  /**
   * The start of this run is known to the platform; its end may be told from now on. Without effect
   * when the run is not there.
   */
  void startReported(String instanceId, String runId) throws InterruptedException;

  /**
   * Every run whose start was reported, but for those whose end was reported too. One that somebody
   * else has stopped, or let go on, is made as it is wanted.
   */
  List<Observation> observe();

  /** The end of this run is known to the platform; it is not observed again. */
  void endReported(String instanceId, String runId) throws InterruptedException;

  /** A look at each of these instances that is alive. */
  List<HealthSample> sample(Collection<String> instanceIds);

  /** Ends or stops what goes on though the host's own records say that it should not. */
  default void reconcile() throws InterruptedException {}
}
