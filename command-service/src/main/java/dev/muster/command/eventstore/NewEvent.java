package dev.muster.command.eventstore;

import dev.muster.events.envelope.Correlation;
import dev.muster.events.envelope.EncodedEvent;
import dev.muster.events.instance.InstanceEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event on its way into the store, where it gets its position.
 *
 * @param event what is encoded, of an instance; null for others
 */
record NewEvent(
    String eventId,
    String instanceId,
    long sequence,
    Instant at,
    Correlation correlation,
    EncodedEvent encoded,
    @Nullable InstanceEvent event) {}
