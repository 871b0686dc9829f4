package dev.muster.events.tlog;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/**
 * The hashes of a Merkle tree, SHA-256, 32 bytes each.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6962.html#section-2.1">RFC 6962, section 2.1</a>
 */
public final class MerkleHash {

  /** Bytes of a hash. */
  public static final int LENGTH = 32;

  private static final byte LEAF = 0;
  private static final byte NODE = 1;

  private MerkleHash() {}

  /** Of a tree without entries. */
  public static byte[] empty() {
    return sha256().digest();
  }

  /** Of an entry. */
  public static byte[] leaf(byte[] entry) {
    var digest = sha256();
    digest.update(LEAF);
    return digest.digest(entry);
  }

  /** Of two neighbours. */
  public static byte[] node(byte[] left, byte[] right) {
    var digest = sha256();
    digest.update(NODE);
    digest.update(left);
    return digest.digest(right);
  }

  /**
   * Of the tree over consecutive subtrees of one size.
   *
   * @param hashes a power of two of them
   */
  public static byte[] perfect(List<byte[]> hashes) {
    return switch (hashes.size()) {
      case 0 -> throw new IllegalArgumentException("a tree over nothing is no subtree");
      case 1 -> hashes.getFirst();
      default -> {
        var half = hashes.size() / 2;
        yield node(perfect(hashes.subList(0, half)), perfect(hashes.subList(half, hashes.size())));
      }
    };
  }

  static byte[] sha256(byte[] bytes) {
    return sha256().digest(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }
}
