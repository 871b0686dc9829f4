package dev.muster.worker.driver;

import dev.muster.events.instance.Limits;
import java.util.Set;

/**
 * What a host can do for its instances; the same for as long as its driver lives.
 *
 * @param capabilities what it can honour of {@code image} and the bounds of {@link Limits}, by
 *     those names
 * @param maximum bounds that an instance may ask for
 * @param obstacle why it cannot hold instances to every bound; empty when it can
 * @param isolation what keeps its instances from the platform and from each other
 */
public record HostFeatures(
    Set<String> capabilities, Limits maximum, String obstacle, Isolation isolation) {}
