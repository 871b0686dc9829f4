package dev.muster.events.health;

/**
 * What workers tell of health. A sample is sent when it differs from the one before; that the
 * others are alive is told once for all instances of a host.
 */
public sealed interface HealthReport permits HealthSample, HostHeartbeat {}
