package dev.muster.web.key;

import dev.muster.events.envelope.Actor;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * The keys that open the API. Only their SHA-256 is kept: a secret of 190 random bits needs no slow
 * hash.
 */
@Component
public final class KeyRing {

  private static final int MIN_LENGTH = 16;

  private final byte[] adminHash;
  private final Actor admin;

  KeyRing(@Value("${muster.api-key:}") String adminKey) {
    if (adminKey.length() < MIN_LENGTH || !adminKey.chars().allMatch(c -> c > 32 && c < 127)) {
      throw new IllegalArgumentException(
          "muster.api-key (MUSTER_API_KEY) needs at least %d printable ASCII characters without spaces"
              .formatted(MIN_LENGTH));
    }
    this.adminHash = hash(adminKey);
    this.admin = new Actor(new ApiKey(adminKey).id(), "admin");
  }

  /** Who presents this key, or empty when nobody was given it. */
  public Optional<Actor> holder(String presented) {
    return MessageDigest.isEqual(adminHash, hash(presented))
        ? Optional.of(admin)
        : Optional.empty();
  }

  private static byte[] hash(String key) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
