package dev.muster.worker.driver;

import dev.muster.events.health.HealthSample;
import dev.muster.events.instance.Limits;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One host. What is known about an instance lives on the host, not in the driver, so that any
 * worker finds it again. Safe for use by many threads and by several workers at once; every method
 * throws {@link HostFaultException} when the host does not work.
 */
public interface HostDriver {

  /** What it can honour of {@code image} and the bounds of {@link Limits}, by those names. */
  Set<String> capabilities();

  /** The bounds that an instance may ask for. */
  default Limits maximum() {
    return Limits.NONE;
  }

  /** Why it cannot hold instances to every bound; empty when it can. */
  default String obstacleToLimits() {
    return "";
  }

  /** What keeps its instances from the platform and from each other. */
  default Isolation isolation() {
    return Isolation.none("it runs no programs of this machine");
  }

  /** The instances that run without it, as before this host had it, until their next restart. */
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

  /** Whether instances of this host can be looked into at all. */
  boolean hasShells();

  /**
   * Opens a shell in an instance that advances: in its folder, with its environment. What runs in
   * it is paused and ended with the instance, and is no part of its run: the run ends without it.
   */
  ShellResult openShell(String instanceId, ShellRequest request) throws InterruptedException;

  /** Ends or stops what goes on though the host's own records say that it should not. */
  void reconcile() throws InterruptedException;

  /**
   * The instances that may have printed what nobody has taken, among them those that were removed
   * and whose last output was not taken. Costs little while they are silent.
   */
  List<String> printing();

  /**
   * What that instance has printed and nobody has taken; the same again until it is taken. A host
   * keeps a bounded part of it.
   *
   * @param atMost bytes of it
   * @return empty when there is nothing, and no end to tell
   */
  Optional<Output> output(String instanceId, int atMost);

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

  /** The first {@code count} bytes of that are safe elsewhere; outlives the driver. */
  void outputTaken(Output output, int count);
}
