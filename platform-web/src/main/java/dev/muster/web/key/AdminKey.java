package dev.muster.web.key;

import dev.muster.events.access.Scope;
import dev.muster.events.envelope.Actor;
import java.security.MessageDigest;
import java.util.Set;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** The key that the settings give; it opens everything, and is there before any other. */
@Component
final class AdminKey {

  private static final int MIN_LENGTH = 16;

  private final byte[] hash;
  private final Holder holder;

  AdminKey(@Value("${muster.api-key:}") String key) {
    if (key.length() < MIN_LENGTH || !key.chars().allMatch(c -> c > 32 && c < 127)) {
      throw new IllegalArgumentException(
          "muster.api-key (MUSTER_API_KEY) needs at least %d printable ASCII characters without spaces"
              .formatted(MIN_LENGTH));
    }
    var given = new PresentedKey(key);
    this.hash = given.hash();
    this.holder = new Holder(new Actor(given.id(), "admin"), Set.of(Scope.ADMIN));
  }

  Holder holder() {
    return holder;
  }

  /** In a time that says nothing of how much was right. */
  boolean is(byte[] presentedHash) {
    return MessageDigest.isEqual(hash, presentedHash);
  }
}
