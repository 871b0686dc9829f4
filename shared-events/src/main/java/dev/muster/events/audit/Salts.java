package dev.muster.events.audit;

import java.security.SecureRandom;
import java.util.Arrays;

/**
 * What keeps the hashed fields of an entry from being guessed: 16 random bytes for each. Without
 * its salt a field that was deleted cannot be found out by trying, and the entry stays as it is.
 *
 * @param bytes those of the actor's name, of the source address, and of the data
 */
@SuppressWarnings("ArrayRecordComponent") // only ever hashed and shown
public record Salts(byte[] bytes) {

  /** Bytes of all salts of an event. */
  public static final int LENGTH = 48;

  private static final int ONE = 16;
  private static final SecureRandom RANDOM = new SecureRandom();

  public Salts {
    if (bytes.length != LENGTH) {
      throw new IllegalArgumentException(
          "the salts of an event are %d bytes, not %d".formatted(LENGTH, bytes.length));
    }
  }

  public static Salts random() {
    var bytes = new byte[LENGTH];
    RANDOM.nextBytes(bytes);
    return new Salts(bytes);
  }

  public byte[] actorName() {
    return Arrays.copyOfRange(bytes, 0, ONE);
  }

  public byte[] sourceIp() {
    return Arrays.copyOfRange(bytes, ONE, 2 * ONE);
  }

  public byte[] data() {
    return Arrays.copyOfRange(bytes, 2 * ONE, LENGTH);
  }
}
