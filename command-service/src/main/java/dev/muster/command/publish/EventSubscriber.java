package dev.muster.command.publish;

import dev.muster.command.eventstore.EventSession;
import dev.muster.events.envelope.RecordedEvent;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;

/** Takes every event in the global order: at least once, one subscriber of a name at a time. */
public interface EventSubscriber {

  /** Under this name the position is kept; never to be changed. */
  String name();

  /** How long it lets events gather after it took some; for those whom nobody waits for. */
  default Duration gathers() {
    return Duration.ZERO;
  }

  /**
   * Called each time before it is given events; nobody else of that name is meanwhile.
   *
   * @param session that holds the lock of the name
   */
  default void begin(EventSession session) throws Exception {}

  /**
   * Takes the next events. When it throws, the same come again.
   *
   * @param transaction commits what is done in it together with the position
   */
  void take(Connection transaction, List<RecordedEvent> events) throws Exception;
}
