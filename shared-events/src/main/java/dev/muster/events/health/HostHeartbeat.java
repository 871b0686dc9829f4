package dev.muster.events.health;

import java.time.Instant;

/**
 * A worker has looked at all instances of a host. Those with a {@link HealthSample} since it began
 * are alive and about as in their newest sample, unless that was the last.
 *
 * @param since when this worker began to look after the host
 * @param at of the look
 */
public record HostHeartbeat(String host, Instant since, Instant at) implements HealthReport {}
