package dev.muster.events.worker;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A worker is to finish what it has and take nothing new, or to take work again. The newest order
 * counts. Only a process that had reported itself before the order obeys it: a worker that is
 * started again works again.
 *
 * @param worker its name
 * @param requestedBy id of the API key that asked
 * @param draining false when it is to take work again; null, in orders of before, is a drain
 */
public record DrainOrder(
    String worker, String requestedBy, Instant at, @Nullable Boolean draining) {

  public boolean resumes() {
    return Boolean.FALSE.equals(draining);
  }
}
