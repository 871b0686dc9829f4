package dev.muster.events.access;

import java.time.Instant;

/**
 * A service saw a key; said now and then, not each time.
 *
 * @param sourceIp the caller's address
 */
public record KeyUse(String keyId, String sourceIp, Instant at) {}
