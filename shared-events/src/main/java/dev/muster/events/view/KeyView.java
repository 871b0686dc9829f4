package dev.muster.events.view;

import dev.muster.events.access.ApiKeyState;
import dev.muster.events.access.Scope;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An API key as the API shows it; never the secret. Times are RFC 3339.
 *
 * @param status {@code active}, {@code expired} or {@code revoked}
 * @param replaces the key whose place it took
 * @param successor the key that took its place
 * @param usedFrom the addresses it came from, in the order they were first seen
 * @param lastUsedAt to about a minute
 */
public record KeyView(
    String id,
    String name,
    List<Scope> scopes,
    String status,
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
        status(key, now),
        Rfc3339.of(key.issuedAt()),
        text(key.expiresAt()),
        text(key.revokedAt()),
        key.replaces(),
        key.successor(),
        key.usedFrom(),
        text(lastUsedAt));
  }

  private static String status(ApiKeyState key, Instant now) {
    if (key.isGoodAt(now)) {
      return "active";
    }
    return key.revokedAt() == null ? "expired" : "revoked";
  }

  private static @Nullable String text(@Nullable Instant time) {
    return time == null ? null : Rfc3339.of(time);
  }
}
