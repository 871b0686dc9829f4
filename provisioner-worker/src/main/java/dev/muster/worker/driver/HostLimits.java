package dev.muster.worker.driver;

import dev.muster.events.instance.Limits;

/**
 * What a host allows its instances.
 *
 * @param defaults of an instance that asks for nothing
 * @param maximum that one may ask for, and the default where there is no other
 */
public record HostLimits(Limits defaults, Limits maximum) {

  public static final HostLimits NONE = new HostLimits(Limits.NONE, Limits.NONE);
}
