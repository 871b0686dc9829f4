package dev.muster.events.access;

import dev.muster.events.access.ApiKeyEvent.KeyIssued;
import dev.muster.events.access.ApiKeyEvent.KeyReplaced;
import dev.muster.events.access.ApiKeyEvent.KeyRevoked;
import dev.muster.events.access.ApiKeyEvent.KeyUsedFrom;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An API key, folded from its events.
 *
 * @param hash SHA-256 of the key as its holder has it, hexadecimal
 * @param expiresAt when it ends by itself, or null when it does not
 * @param revokedAt or null while nobody took it back
 * @param replaces the key whose place it took, or null
 * @param successor the key that took its place, or null
 * @param usedFrom the addresses it came from, in the order they were first seen
 * @param version how many events it has
 */
public record ApiKeyState(
    String keyId,
    String name,
    List<Scope> scopes,
    String hash,
    Instant issuedAt,
    @Nullable Instant expiresAt,
    @Nullable Instant revokedAt,
    @Nullable String replaces,
    @Nullable String successor,
    List<String> usedFrom,
    long version) {

  /** Whether its holder is let in at that time. */
  public boolean isGoodAt(Instant now) {
    return statusAt(now) == KeyStatus.ACTIVE;
  }

  public KeyStatus statusAt(Instant now) {
    if (revokedAt != null) {
      return KeyStatus.REVOKED;
    }
    return expiresAt == null || now.isBefore(expiresAt) ? KeyStatus.ACTIVE : KeyStatus.EXPIRED;
  }

  /**
   * The key after the event.
   *
   * @param state null before the first event
   * @throws IllegalArgumentException when the first event is no {@link KeyIssued}, or a later one
   *     is
   */
  public static ApiKeyState fold(@Nullable ApiKeyState state, ApiKeyEvent event) {
    if (event instanceof KeyIssued issued && state == null) {
      return new ApiKeyState(
          issued.keyId(),
          issued.name(),
          issued.scopes(),
          issued.hash(),
          issued.at(),
          issued.expiresAt(),
          null,
          issued.replaces(),
          null,
          List.of(),
          1);
    }
    if (event instanceof KeyIssued || state == null) {
      throw new IllegalArgumentException("a key's history begins with its issue, once: " + event);
    }
    return state.apply(event);
  }

  ApiKeyState apply(ApiKeyEvent event) {
    return switch (event) {
      case KeyIssued _ -> this;
      case KeyReplaced it -> with(it.expiresAt(), revokedAt, it.successor(), usedFrom);
      case KeyRevoked it -> with(expiresAt, it.at(), successor, usedFrom);
      case KeyUsedFrom it ->
          with(
              expiresAt,
              revokedAt,
              successor,
              Stream.concat(usedFrom.stream(), Stream.of(it.sourceIp())).toList());
    };
  }

  private ApiKeyState with(
      @Nullable Instant end,
      @Nullable Instant revocation,
      @Nullable String next,
      List<String> addresses) {
    return new ApiKeyState(
        keyId,
        name,
        scopes,
        hash,
        issuedAt,
        end,
        revocation,
        replaces,
        next,
        addresses,
        version + 1);
  }
}
