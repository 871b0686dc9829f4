package dev.muster.command.eventstore;

import dev.muster.events.envelope.Correlation;
import dev.muster.events.envelope.EncodedEvent;
import java.time.Instant;

/** An event on its way into the store, where it gets its position. */
record NewEvent(
    String eventId,
    String instanceId,
    long sequence,
    Instant at,
    Correlation correlation,
    EncodedEvent encoded) {}
