package dev.muster.query.audit.web;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * That an entry is in a tree, or that one tree is the beginning of another.
 *
 * @param index of the entry, or null for the proof of a beginning
 * @param from entries of the smaller tree, or null for the proof of an entry
 * @param size entries of the tree
 * @param root its hash, base64; the one that is signed, if it was
 * @param hashes base64, as RFC 6962 orders them
 */
record Proof(
    @Schema(minimum = "0") @Nullable Long index,
    @Schema(minimum = "0") @Nullable Long from,
    @Schema(minimum = "0") long size,
    String root,
    List<String> hashes) {

  static Proof ofEntry(long index, long size, byte[] root, List<byte[]> hashes) {
    return new Proof(index, null, size, base64(root), all(hashes));
  }

  static Proof ofBeginning(long from, long size, byte[] root, List<byte[]> hashes) {
    return new Proof(null, from, size, base64(root), all(hashes));
  }

  private static List<String> all(List<byte[]> hashes) {
    return hashes.stream().map(Proof::base64).toList();
  }

  private static String base64(byte[] hash) {
    return Base64.getEncoder().encodeToString(hash);
  }
}
