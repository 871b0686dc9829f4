package dev.muster.events.access;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A fact about one API key. {@link ApiKeyState#apply} folds them; nothing else gives them meaning.
 */
public sealed interface ApiKeyEvent {

  String keyId();

  /** When it happened, to the microsecond. */
  Instant at();

  /**
   * Somebody was given a key.
   *
   * @param name what people call it
   * @param scopes without repetition, in the order of {@link Scope}
   * @param hash SHA-256 of the key as its holder has it, hexadecimal
   * @param expiresAt when it ends by itself, or null when it does not
   * @param replaces the key whose place it takes, or null
   */
  record KeyIssued(
      String keyId,
      String name,
      List<Scope> scopes,
      String hash,
      @Nullable Instant expiresAt,
      @Nullable String replaces,
      Instant at)
      implements ApiKeyEvent {}

  /**
   * Another key has taken its place; until {@code expiresAt} both are good.
   *
   * @param successor the other key's id
   */
  record KeyReplaced(String keyId, String successor, Instant expiresAt, Instant at)
      implements ApiKeyEvent {}

  /** The key came from an address for the first time. */
  record KeyUsedFrom(String keyId, String sourceIp, Instant at) implements ApiKeyEvent {}

  /** The key is good for nothing any more. */
  record KeyRevoked(String keyId, Instant at) implements ApiKeyEvent {}
}
