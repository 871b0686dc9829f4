package dev.muster.web.key;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * An API key as its holder has it: {@code ik_<id>_<secret><checksum>}. The id is public, the secret
 * has 190 bits, and the checksum (CRC-32 of what stands before it, six base-62 digits) lets
 * scanners tell a real key from noise.
 */
public record PresentedKey(String text) {

  private static final String DIGITS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final Pattern SHAPE = Pattern.compile("ik_([0-9A-Za-z]{8})_([0-9A-Za-z]{38})");
  private static final int CHECKSUM_LENGTH = 6;
  private static final SecureRandom RANDOM = new SecureRandom();

  public static PresentedKey generate() {
    return generate(random(8));
  }

  /**
   * A key of that id, with a secret that nobody has seen.
   *
   * @param id eight letters and digits, without {@code key_}
   */
  public static PresentedKey generate(String id) {
    var unchecked = "ik_" + id + "_" + random(32);
    return new PresentedKey(unchecked + checksum(unchecked));
  }

  /** Whether the text has the shape and the checksum of a generated key. */
  public boolean isWellFormed() {
    var body = text.substring(0, Math.max(0, text.length() - CHECKSUM_LENGTH));
    return SHAPE.matcher(text).matches() && text.endsWith(checksum(body));
  }

  /**
   * What the audit trail calls the key: {@code key_<id>}; {@code key_admin} for a key set by hand.
   */
  public String id() {
    var matcher = SHAPE.matcher(text);
    return matcher.matches() ? "key_" + matcher.group(1) : "key_admin";
  }

  /**
   * SHA-256 of the text, which is all that is kept of it: a secret of 190 random bits needs no slow
   * hash.
   */
  public byte[] hash() {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Never the secret. */
  @Override
  public String toString() {
    return "ApiKey[" + id() + "]";
  }

  private static String random(int length) {
    return RANDOM
        .ints(length, 0, DIGITS.length())
        .collect(StringBuilder::new, (b, i) -> b.append(DIGITS.charAt(i)), StringBuilder::append)
        .toString();
  }

  private static String checksum(String text) {
    var crc = new CRC32();
    crc.update(text.getBytes(StandardCharsets.UTF_8));
    var digits = new StringBuilder();
    for (long rest = crc.getValue(); digits.length() < CHECKSUM_LENGTH; rest /= DIGITS.length()) {
      digits.insert(0, DIGITS.charAt((int) (rest % DIGITS.length())));
    }
    return digits.toString();
  }
}
