package dev.muster.command.access.web;

import dev.muster.command.idempotency.web.SecretBody;
import dev.muster.events.access.ApiKeyState;
import dev.muster.events.access.KeyStatus;
import dev.muster.events.access.Scope;
import dev.muster.events.view.Rfc3339;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A key that was just issued.
 *
 * @param name what people call it
 * @param scopes what it is good for
 * @param status whether it opens
 * @param expiresAt when it ends by itself, or null for never
 * @param replaces the key whose place it takes, or null
 * @param key with its secret; null when the answer is given again
 */
record IssuedKey(
    String id,
    String name,
    List<Scope> scopes,
    KeyStatus status,
    @Schema(format = "date-time") String createdAt,
    @Schema(format = "date-time") @Nullable String expiresAt,
    @Nullable String replaces,
    @Nullable String key)
    implements SecretBody {

  static IssuedKey of(ApiKeyState state, String key) {
    return new IssuedKey(
        state.keyId(),
        state.name(),
        state.scopes(),
        state.statusAt(state.issuedAt()),
        Rfc3339.of(state.issuedAt()),
        Rfc3339.ofNullable(state.expiresAt()),
        state.replaces(),
        key);
  }

  @Override
  public IssuedKey forLater() {
    return new IssuedKey(id, name, scopes, status, createdAt, expiresAt, replaces, null);
  }

  /** Never the secret. */
  @Override
  public String toString() {
    return "IssuedKey[" + id + "]";
  }
}
