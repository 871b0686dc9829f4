package dev.muster.events.envelope;

import java.time.Instant;

/**
 * An event as the store and the topic keep it.
 *
 * @param eventId unique, {@code ev_…}
 * @param subject what it is about: the id of an instance, an API key or an operation of an operator
 * @param sequence its place in the history of that: 1, 2, 3 … without gaps
 * @param position its place in the history of everything: commit order, without gaps, from 0
 * @param at when it happened, to the microsecond
 */
public record RecordedEvent(
    String eventId,
    String subject,
    long sequence,
    long position,
    Instant at,
    Correlation correlation,
    EncodedEvent encoded) {}
