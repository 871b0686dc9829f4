package dev.muster.events.worker;

import java.time.Instant;

/**
 * A worker is to finish what it has and take nothing new. Only a process that was started before
 * the order obeys it: a worker that is started again works again.
 *
 * @param worker its name
 * @param requestedBy id of the API key that asked
 */
public record DrainOrder(String worker, String requestedBy, Instant at) {}
