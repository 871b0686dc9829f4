package dev.muster.worker.driver.simulated;

import dev.muster.worker.driver.Output;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * A host in memory. It outlives the drivers that act on it, but not the JVM.
 *
 * <p>Its journal says what was really done, so that a test can count it.
 */
public final class SimulatedHost {

  /** A host under load would otherwise keep every action for ever. */
  private static final int JOURNAL_KEPT = 20_000;

  private final String name;
  private final int capacity;
  private final Duration actionLatency;
  private final double failureRate;
  private final Map<String, SimulatedInstance> instances = new HashMap<>();
  private final Deque<Entry> journal = new ArrayDeque<>();

  /** Of those that have printed something that nobody has taken: most have not. */
  private final Map<String, SimulatedOutput> outputs = new HashMap<>();

  private final Set<String> printing = new HashSet<>();
  private int places;

  /** Something that was done to an instance; a redelivery that found it done leaves none. */
  public record Entry(String instanceId, long sequence, String action) {}

  /**
   * @param actionLatency how long each action takes
   * @param failureRate share of operations that are refused, 0..1; the same ones each time
   */
  public SimulatedHost(String name, int capacity, Duration actionLatency, double failureRate) {
    this.name = name;
    this.capacity = capacity;
    this.actionLatency = actionLatency;
    this.failureRate = failureRate;
  }

  /** The newest actions, oldest first. */
  public synchronized List<Entry> journal() {
    return List.copyOf(journal);
  }

  /** Lets an instance end by itself. */
  public synchronized void end(String instanceId, int exitCode) {
    var instance = get(instanceId);
    if (instance.alive() && instance.run() != null) {
      var ended = instance.next(instance.sequence(), SimulatedInstance.State.ENDED);
      put(instanceId, ended.withRun(instance.run().withExit(exitCode)));
      print(instanceId, "the simulated process ended: " + exitCode);
    }
  }

  String name() {
    return name;
  }

  int capacity() {
    return capacity;
  }

  Duration actionLatency() {
    return actionLatency;
  }

  boolean fails(String operationId) {
    return new SplittableRandom(operationId.hashCode()).nextDouble() < failureRate;
  }

  SimulatedInstance get(String instanceId) {
    return instances.getOrDefault(instanceId, SimulatedInstance.NEW);
  }

  void put(String instanceId, SimulatedInstance instance) {
    places -= get(instanceId).takesPlace() ? 1 : 0;
    places += instance.takesPlace() ? 1 : 0;
    instances.put(instanceId, instance);
  }

  int places() {
    return places;
  }

  Map<String, SimulatedInstance> instances() {
    return instances;
  }

  void note(String instanceId, long sequence, String action) {
    if (journal.size() == JOURNAL_KEPT) {
      journal.removeFirst();
    }
    journal.add(new Entry(instanceId, sequence, action));
    print(instanceId, "%s by task %d".formatted(action, sequence));
  }

  private void print(String instanceId, String text) {
    output(instanceId).print(text);
    printing.add(instanceId);
  }

  /** The instance is removed and prints nothing any more. */
  void endOutput(String instanceId) {
    if (outputs.containsKey(instanceId) || get(instanceId).printed() > 0) {
      output(instanceId).end();
      printing.add(instanceId);
    }
  }

  private SimulatedOutput output(String instanceId) {
    return outputs.computeIfAbsent(instanceId, id -> new SimulatedOutput(get(id).printed()));
  }

  List<String> printing() {
    return List.copyOf(printing);
  }

  Optional<Output> untaken(String instanceId, int atMost) {
    return Optional.ofNullable(outputs.get(instanceId))
        .filter(output -> !output.isSilent())
        .map(output -> output.untaken(instanceId, atMost));
  }

  void taken(Output taken, int count) {
    var output = outputs.get(taken.instanceId());
    if (output == null) {
      return;
    }
    output.taken(taken.offset() + count);
    if (output.isSilent() || output.isOver()) {
      printing.remove(taken.instanceId());
      outputs.remove(taken.instanceId());
      var printed = output.isOver() ? 0 : output.offset();
      instances.computeIfPresent(
          taken.instanceId(), (_, instance) -> instance.withPrinted(printed));
    }
  }
}
