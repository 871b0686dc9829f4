package dev.muster.cli.proof;

import java.util.ArrayList;
import java.util.List;

/** A tree that leaves are added to: the roots of its perfect subtrees, the largest first. */
final class MerkleTree {

  private final List<byte[]> subtrees;
  private final LogHash hash;
  private long size;

  MerkleTree(LogHash hash) {
    this(new ArrayList<>(), hash, 0);
  }

  private MerkleTree(List<byte[]> subtrees, LogHash hash, long size) {
    this.subtrees = subtrees;
    this.hash = hash;
    this.size = size;
  }

  MerkleTree copy() {
    return new MerkleTree(new ArrayList<>(subtrees), hash, size);
  }

  long size() {
    return size;
  }

  void addLeaf(byte[] leaf) {
    add(leaf, 0);
  }

  /**
   * Adds a perfect subtree.
   *
   * @param height it has 2^height leaves, and the size is a multiple of that
   */
  void add(byte[] root, int height) {
    var last = root;
    for (long full = size >> height; (full & 1) == 1; full >>= 1) {
      last = hash.node(subtrees.removeLast(), last);
    }
    subtrees.add(last);
    size += 1L << height;
  }

  byte[] root() {
    return subtrees.reversed().stream()
        .reduce((right, left) -> hash.node(left, right))
        .orElseGet(hash::empty);
  }
}
