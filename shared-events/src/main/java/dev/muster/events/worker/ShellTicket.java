package dev.muster.events.worker;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Somebody may open one shell. Whoever knows the ticket itself is let in, once; here is only its
 * hash, so that reading the topic lets nobody in.
 *
 * @param hash SHA-256 of the ticket as its holder has it, hexadecimal
 * @param worker the only one that takes it
 * @param keyId id of the API key that asked
 * @param keyName what people call that key
 * @param requestId of the request that was answered with the ticket
 * @param expiresAt no login with it begins later
 * @param keyEndsAt when the key ends, and with it every shell; null when it does not
 */
public record ShellTicket(
    String hash,
    String instanceId,
    String worker,
    String keyId,
    String keyName,
    String requestId,
    Instant expiresAt,
    @Nullable Instant keyEndsAt) {

  /** The same for a key that is good until then at most. */
  public ShellTicket whoseKeyEnds(Instant end) {
    var sooner = keyEndsAt != null && keyEndsAt.isBefore(end) ? keyEndsAt : end;
    return new ShellTicket(hash, instanceId, worker, keyId, keyName, requestId, expiresAt, sooner);
  }

  public boolean isKeyOver(Instant now) {
    return keyEndsAt != null && !keyEndsAt.isAfter(now);
  }
}
