package dev.muster.events.view;

import dev.muster.events.access.ApiKeyState;
import dev.muster.events.access.KeyStatus;
import dev.muster.events.access.Scope;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An API key, without its secret. Times are RFC 3339.
 *
 * @param name what people call it
 * @param scopes what it is good for
 * @param status whether it opens
 * @param expiresAt when it ends by itself, or null for never
 * @param revokedAt when it was taken back, or null
 * @param replaces the key whose place it took, or null
 * @param successor the key that took its place, or null
 * @param usedFrom the addresses it came from, in the order they were first seen
 * @param lastUsedAt to about a minute; null when it was never used
 */
public record KeyView(
    String id,
    String name,
    List<Scope> scopes,
    KeyStatus status,
    String createdAt,
    @Nullable String expiresAt,
    @Nullable String revokedAt,
    @Nullable String replaces,
    @Nullable String successor,
    List<String> usedFrom,
    @Nullable String lastUsedAt) {

  public static KeyView of(ApiKeyState key, @Nullable Instant lastUsedAt, Instant now) {
    return new KeyView(
        key.keyId(),
        key.name(),
        key.scopes(),
        key.statusAt(now),
        Rfc3339.of(key.issuedAt()),
        Rfc3339.ofNullable(key.expiresAt()),
        Rfc3339.ofNullable(key.revokedAt()),
        key.replaces(),
        key.successor(),
        key.usedFrom(),
        Rfc3339.ofNullable(lastUsedAt));
  }
}
