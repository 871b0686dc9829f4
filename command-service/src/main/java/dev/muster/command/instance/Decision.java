package dev.muster.command.instance;

import dev.muster.events.instance.InstanceEvent;
import java.util.List;

/** What becomes of a command. */
public sealed interface Decision {

  /**
   * It happened.
   *
   * @param events in order, at least one
   */
  record Accepted(List<InstanceEvent> events) implements Decision {

    public Accepted {
      events = List.copyOf(events);
    }
  }

  /** The same was asked before and is still under way; nothing is written. */
  record Joined(String operationId) implements Decision {}

  /** The instance is as wanted already, or nothing is to be said; nothing is written. */
  record Unchanged() implements Decision {}

  /** It cannot be. */
  record Rejected(Rejection rejection) implements Decision {}
}
