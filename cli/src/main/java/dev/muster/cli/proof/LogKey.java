package dev.muster.cli.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.cli.Exit;
import dev.muster.cli.Failure;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What the signatures of a log are checked with: {@code <name>+<id>+<base64>}, an Ed25519 key.
 *
 * @param text as the server gives it
 * @param name of the log
 * @param id eight hexadecimal digits
 * @see <a href="https://c2sp.org/signed-note">signed-note</a>
 */
public record LogKey(String text, String name, String id, PublicKey key) {

  private static final byte ED25519 = 1;

  /** What X.509 has before the 32 bytes: RFC 8410. */
  private static final byte[] X509 = HexFormat.of().parseHex("302a300506032b6570032100");

  /**
   * @throws Failure when it is none
   */
  public static LogKey parse(String given) {
    var text = given.strip();
    return read(text)
        .orElseThrow(
            () ->
                new Failure(
                    Exit.USAGE,
                    "'%s' is no key of a log".formatted(text),
                    "It is <name>+<id>+<base64>, as GET /api/audit/key has it."));
  }

  private static Optional<LogKey> read(String text) {
    var parts = text.split("\\+", 3);
    if (parts.length != 3) {
      return Optional.empty();
    }
    try {
      var typed = Base64.getDecoder().decode(parts[2]);
      if (typed.length != 33 || typed[0] != ED25519 || !parts[1].equals(id(parts[0], typed))) {
        return Optional.empty();
      }
      return Optional.of(new LogKey(text, parts[0], parts[1], key(typed)));
    } catch (IllegalArgumentException | GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  private static PublicKey key(byte[] typed) throws GeneralSecurityException {
    var encoded = ByteBuffer.allocate(X509.length + 32).put(X509).put(typed, 1, 32).array();
    return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
  }

  private static String id(String name, byte[] typed) {
    var named = (name + "\n").getBytes(UTF_8);
    var all = ByteBuffer.allocate(named.length + typed.length).put(named).put(typed).array();
    return HexFormat.of().formatHex(Arrays.copyOf(new LogHash().plain(all), 4));
  }

  boolean hasSigned(byte[] text, byte[] signature) {
    try {
      var ed25519 = Signature.getInstance("Ed25519");
      ed25519.initVerify(key);
      ed25519.update(text);
      return ed25519.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
