package dev.muster.worker.fleet;

/**
 * How far a worker is behind in one region.
 *
 * @param events of its partitions that it has not finished
 * @param seconds age of the oldest of them, 0 when there is none
 */
public record RegionLag(String region, long events, double seconds) {}
