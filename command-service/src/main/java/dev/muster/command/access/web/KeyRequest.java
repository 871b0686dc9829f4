package dev.muster.command.access.web;

import dev.muster.events.access.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is asked for by {@code POST /api/keys}.
 *
 * @param name null only when it replaces another, whose name it takes over then
 * @param scopes empty only when it replaces another, whose scopes it takes over then
 * @param expiresAt or null for never
 * @param replaces the key whose place it takes, or null
 * @param overlap how long that one is good after
 */
record KeyRequest(
    @Nullable String name,
    List<Scope> scopes,
    @Nullable Instant expiresAt,
    @Nullable String replaces,
    Duration overlap) {}
