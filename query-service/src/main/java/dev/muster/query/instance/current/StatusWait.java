package dev.muster.query.instance.current;

import dev.muster.events.instance.InstanceState;
import dev.muster.events.instance.InstanceStatus;
import dev.muster.web.problem.ProblemException;
import dev.muster.web.problem.ProblemType;
import dev.muster.web.waiting.VersionWaiters;
import java.time.Duration;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Holds an answer until an instance has a status; it is looked at when it has changed. */
@Component
final class StatusWait {

  private final CurrentInstances instances;
  private final VersionWaiters waiters;

  StatusWait(CurrentInstances instances, VersionWaiters waiters) {
    this.instances = instances;
    this.waiters = waiters;
  }

  /**
   * Empty when there is no such instance.
   *
   * @throws ProblemException 408 when it did not come to that in time, 503 when nobody may wait
   */
  Optional<InstanceState> await(String id, InstanceStatus status, Duration atMost) {
    var until = System.nanoTime() + atMost.toNanos();
    try (var interest = waiters.watch(id)) {
      while (true) {
        var found = instances.find(id);
        if (found.isEmpty() || found.get().status() == status) {
          return found;
        }
        var left = Duration.ofNanos(until - System.nanoTime());
        if (!left.isPositive()) {
          throw tooLate(found.get(), status, atMost);
        }
        if (interest.isOver()) {
          throw unavailable();
        }
        interest.await(found.get().version() + 1, left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable();
    }
  }

  private static ProblemException tooLate(
      InstanceState state, InstanceStatus wanted, Duration atMost) {
    return new ProblemException(
            ProblemType.TIMEOUT,
            "status is %s, and was not %s within %d s"
                .formatted(state.status(), wanted, atMost.toSeconds()))
        .withHeader("Instance-Version", Long.toString(state.version()));
  }

  private static ProblemException unavailable() {
    return ProblemException.unavailable("the service stops; ask again");
  }
}
