package dev.muster.events.instance;

import java.time.Instant;

/**
 * One life of an instance's process or container.
 *
 * @param id the operation that started it
 */
public record Run(String id, Instant startedAt) {}
