package dev.muster.events.tlog;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * An Ed25519 key that signs notes. Its text is {@code <name>+<32 secret bytes in base64>}: whoever
 * has it can sign in the log's name.
 *
 * @see <a href="https://c2sp.org/signed-note">signed-note</a>
 */
public final class NoteKey {

  private static final byte ED25519 = 1;
  private static final int SECRET_LENGTH = 32;
  private static final Pattern NAME = Pattern.compile("[!-*,-~]{1,200}");

  private final String name;
  private final KeyPair pair;
  private final byte[] publicKey;

  private NoteKey(String name, KeyPair pair) {
    this.name = name;
    this.pair = pair;
    this.publicKey = encoded((EdECPublicKey) pair.getPublic());
  }

  /** The text of a new key of that name. */
  public static String generate(String name) {
    var secret = new byte[SECRET_LENGTH];
    new SecureRandom().nextBytes(secret);
    return name + "+" + Base64.getEncoder().encodeToString(secret);
  }

  /**
   * @throws IllegalArgumentException when it is none; says what is wrong, and never the secret
   */
  public static NoteKey parse(String text) {
    var plus = text.indexOf('+');
    if (plus < 0 || !NAME.matcher(text.substring(0, plus)).matches()) {
      throw new IllegalArgumentException(
          "it takes a name of visible ASCII, such as example.com/muster, a '+', and 32 bytes in"
              + " base64");
    }
    return new NoteKey(text.substring(0, plus), pair(secret(text.substring(plus + 1))));
  }

  public String name() {
    return name;
  }

  /** What others check the signatures with: {@code <name>+<id>+<key in base64>}. */
  public String verifier() {
    return "%s+%s+%s"
        .formatted(
            name, HexFormat.of().formatHex(id()), Base64.getEncoder().encodeToString(typedKey()));
  }

  /** The text with a line that is this key's signature. */
  public String sign(String text) {
    try {
      var ed25519 = Signature.getInstance("Ed25519");
      ed25519.initSign(pair.getPrivate());
      ed25519.update(text.getBytes(UTF_8));
      var signature = ed25519.sign();
      var line = ByteBuffer.allocate(4 + signature.length).put(id()).put(signature).array();
      return "%s\n— %s %s\n".formatted(text, name, Base64.getEncoder().encodeToString(line));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java cannot sign with Ed25519", e);
    }
  }

  /** Never the secret. */
  @Override
  public String toString() {
    return "NoteKey[" + verifier() + "]";
  }

  private byte[] id() {
    var named = (name + "\n").getBytes(UTF_8);
    var key = typedKey();
    var all = ByteBuffer.allocate(named.length + key.length).put(named).put(key).array();
    return Arrays.copyOf(MerkleHash.sha256(all), 4);
  }

  private byte[] typedKey() {
    return ByteBuffer.allocate(1 + publicKey.length).put(ED25519).put(publicKey).array();
  }

  private static byte[] secret(String base64) {
    try {
      var secret = Base64.getDecoder().decode(base64);
      if (secret.length == SECRET_LENGTH) {
        return secret;
      }
    } catch (IllegalArgumentException e) {
      // The same answer as for too few: it must not repeat what it was given.
    }
    throw new IllegalArgumentException("what follows its '+' is not 32 bytes in base64");
  }

  // The generator's only randomness are the 32 bytes that RFC 8032 calls the private key; no other
  // way of this Java leads from them to the public one.
  private static KeyPair pair(byte[] secret) {
    try {
      var generator = KeyPairGenerator.getInstance("Ed25519");
      generator.initialize(NamedParameterSpec.ED25519, new Given(secret));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no Ed25519", e);
    }
  }

  /** Little-endian y, and the lowest bit of x at its top: RFC 8032, section 5.1.2. */
  private static byte[] encoded(EdECPublicKey key) {
    var bigEndian = key.getPoint().getY().toByteArray();
    var bytes = new byte[SECRET_LENGTH];
    for (int i = 0; i < Math.min(bigEndian.length, bytes.length); i++) {
      bytes[i] = bigEndian[bigEndian.length - 1 - i];
    }
    if (key.getPoint().isXOdd()) {
      bytes[bytes.length - 1] |= (byte) 0x80;
    }
    return bytes;
  }

  /** Gives these bytes and no others. */
  private static final class Given extends SecureRandom {

    private static final long serialVersionUID = 1;

    private final byte[] bytes;

    Given(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public void nextBytes(byte[] wanted) {
      if (wanted.length != bytes.length) {
        throw new IllegalStateException("this Java makes Ed25519 keys in another way");
      }
      System.arraycopy(bytes, 0, wanted, 0, bytes.length);
    }
  }
}
