package dev.muster.query.projection;

import dev.muster.events.envelope.RecordedEvent;

/** The topic lacks an event that must have been there. */
final class HistoryGapException extends RuntimeException {

  HistoryGapException(RecordedEvent event, long version) {
    super(
        "instance_id=%s has sequence %d after %d"
            .formatted(event.subject(), event.sequence(), version));
  }
}
