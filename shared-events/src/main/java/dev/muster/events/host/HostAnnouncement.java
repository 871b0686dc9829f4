package dev.muster.events.host;

import java.time.Instant;

/**
 * A worker says that it can reach a host. The newest announcement of a name is the one that counts.
 *
 * @param capacity how many instances it takes
 * @param worker name of the worker that announced it
 */
public record HostAnnouncement(
    String name, String region, String driver, int capacity, String worker, Instant at) {}
