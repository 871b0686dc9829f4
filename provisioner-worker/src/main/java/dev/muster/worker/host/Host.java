package dev.muster.worker.host;

import dev.muster.worker.driver.HostDriver;

/**
 * A place for instances that this worker can reach.
 *
 * @param kind of its driver, as the configuration names it
 * @param capacity how many instances it takes
 */
public record Host(String name, String region, String kind, int capacity, HostDriver driver) {}
