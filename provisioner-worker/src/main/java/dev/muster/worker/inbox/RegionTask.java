package dev.muster.worker.inbox;

import dev.muster.events.instance.InstanceEvent;
import dev.muster.events.instance.InstanceEvent.OperationFailed;
import dev.muster.events.instance.InstanceEvent.Requested;

/** An event that a worker has to act on. */
sealed interface RegionTask {

  InstanceEvent event();

  /** The fence, see {@link dev.muster.worker.driver.Task#sequence()}. */
  long sequence();

  String requestId();

  /** For those who count. */
  default String kind() {
    return switch (this) {
      case Asked asked -> asked.event().kind().toString();
      case CleanUp _ -> "clean_up";
    };
  }

  default String instanceId() {
    return event().instanceId();
  }

  /** Somebody waits for the outcome. */
  record Asked(Requested event, long sequence, String requestId) implements RegionTask {}

  /** Nobody vouches for the instance any more, so nothing of it may run. */
  record CleanUp(OperationFailed event, long sequence, String requestId) implements RegionTask {}
}
