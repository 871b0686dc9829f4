package dev.muster.query.logs;

import dev.muster.web.problem.ProblemException;
import java.util.HashMap;
import java.util.Map;

/**
 * How many may follow what instances print. One instance has a quarter of the slots at most, and
 * one key three quarters, so that neither takes the last slot of the others.
 */
final class FollowerSlots {

  private final int all;
  private final Map<String, Integer> ofInstances = new HashMap<>();
  private final Map<String, Integer> ofKeys = new HashMap<>();
  private int taken;

  FollowerSlots(int all) {
    this.all = all;
  }

  synchronized int taken() {
    return taken;
  }

  /**
   * To be closed once.
   *
   * @throws ProblemException 503 when there is none left
   */
  synchronized Slot take(String instanceId, String keyId) {
    require(taken < all, all, "what instances print");
    requireOf(ofInstances, instanceId, Math.ceilDiv(all, 4), "what this instance prints");
    requireOf(ofKeys, keyId, Math.ceilDiv(3 * all, 4), "what instances print with this key");
    taken++;
    ofInstances.merge(instanceId, 1, Integer::sum);
    ofKeys.merge(keyId, 1, Integer::sum);
    return new Slot(this, instanceId, keyId);
  }

  private static void requireOf(Map<String, Integer> taken, String of, int most, String what) {
    require(taken.getOrDefault(of, 0) < most, most, what);
  }

  private static void require(boolean isFree, int most, String what) {
    if (!isFree) {
      throw ProblemException.unavailable(
          "%d follow %s here already; try again soon".formatted(most, what));
    }
  }

  private synchronized void leave(Slot slot) {
    taken--;
    leave(ofInstances, slot.instanceId);
    leave(ofKeys, slot.keyId);
  }

  private static void leave(Map<String, Integer> taken, String of) {
    taken.computeIfPresent(of, (_, count) -> count > 1 ? count - 1 : null);
  }

  record Slot(FollowerSlots slots, String instanceId, String keyId) implements AutoCloseable {

    @Override
    public void close() {
      slots.leave(this);
    }
  }
}
