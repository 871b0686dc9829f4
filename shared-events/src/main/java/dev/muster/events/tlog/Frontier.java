package dev.muster.events.tlog;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * All that is needed of a tree to add to it and to know its root: how many entries it has, and the
 * roots of the perfect subtrees that they make up, the largest first.
 */
public record Frontier(long size, List<byte[]> subtrees) {

  /** The tree without entries. */
  public static final Frontier EMPTY = new Frontier(0, List.of());

  public Frontier {
    if (size < 0 || subtrees.size() != Long.bitCount(size)) {
      throw new IllegalArgumentException(
          "a tree of %d entries has %d subtrees, not %d"
              .formatted(size, Long.bitCount(size), subtrees.size()));
    }
    subtrees = List.copyOf(subtrees);
  }

  /**
   * @param subtrees what {@link #bytes()} gave
   */
  public static Frontier of(long size, byte[] subtrees) {
    var hashes = new ArrayList<byte[]>();
    for (int at = 0; at < subtrees.length; at += MerkleHash.LENGTH) {
      hashes.add(Arrays.copyOfRange(subtrees, at, at + MerkleHash.LENGTH));
    }
    return new Frontier(size, hashes);
  }

  /** The tree with one entry more. */
  public Frontier plus(byte[] leafHash) {
    var grown = new ArrayList<>(subtrees);
    var last = leafHash;
    for (long full = size; (full & 1) == 1; full >>= 1) {
      last = MerkleHash.node(grown.removeLast(), last);
    }
    grown.add(last);
    return new Frontier(size + 1, grown);
  }

  public byte[] root() {
    return subtrees.reversed().stream()
        .reduce((right, left) -> MerkleHash.node(left, right))
        .orElseGet(MerkleHash::empty);
  }

  /** The hashes of the subtrees, one after the other. */
  public byte[] bytes() {
    var bytes = new ByteArrayOutputStream();
    subtrees.forEach(bytes::writeBytes);
    return bytes.toByteArray();
  }
}
