package dev.muster.cli.proof;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The hashes of the audit log, SHA-256, 32 bytes each. One is for one thread. */
final class LogHash {

  static final int LENGTH = 32;

  private static final byte LEAF = 0;
  private static final byte NODE = 1;

  private final MessageDigest sha256;

  LogHash() {
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }

  /** Of a tree without entries. */
  byte[] empty() {
    return sha256.digest();
  }

  byte[] plain(byte[] bytes) {
    return sha256.digest(bytes);
  }

  byte[] leaf(byte[] entry, int length) {
    sha256.update(LEAF);
    sha256.update(entry, 0, length);
    return sha256.digest();
  }

  byte[] node(byte[] left, byte[] right) {
    sha256.update(NODE);
    sha256.update(left);
    return sha256.digest(right);
  }

  byte[] salted(byte[] salt, byte[] value) {
    sha256.update(salt);
    return sha256.digest(value);
  }

  /** Puts the root of the tree over so many hashes, a power of two, in the place of the first. */
  void fold(byte[] hashes, int count) {
    try {
      for (int left = count; left > 1; left /= 2) {
        for (int i = 0; i < left / 2; i++) {
          sha256.update(NODE);
          sha256.update(hashes, 2 * i * LENGTH, 2 * LENGTH);
          sha256.digest(hashes, i * LENGTH, LENGTH);
        }
      }
    } catch (DigestException e) {
      throw new IllegalStateException(e);
    }
  }
}
