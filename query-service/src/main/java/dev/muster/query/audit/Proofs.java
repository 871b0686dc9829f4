package dev.muster.query.audit;

import dev.muster.events.tlog.MerkleHash;
import dev.muster.query.store.ReadStore;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Proofs over the tree, for those who would rather not compute them of the tiles.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6962.html#section-2.1.1">RFC 6962, sections 2.1.1
 *     and 2.1.2</a>
 */
@Component
public final class Proofs {

  private final ReadStore store;

  Proofs(ReadStore store) {
    this.store = store;
  }

  /**
   * That the tree of the first {@code size} entries has the one at {@code index}.
   *
   * @return from the leaf's neighbour up
   */
  public List<byte[]> inclusion(long index, long size) {
    return path(index, 0, size);
  }

  /** That the tree of {@code from} entries is the beginning of that of {@code size} entries. */
  public List<byte[]> consistency(long from, long size) {
    return from == 0 || from == size ? List.of() : joint(from, 0, size, true);
  }

  /** The root of the tree of the first {@code size} entries. */
  public byte[] root(long size) {
    return size == 0 ? MerkleHash.empty() : hash(0, size);
  }

  private List<byte[]> path(long index, long begin, long end) {
    if (end - begin == 1) {
      return new ArrayList<>();
    }
    var middle = begin + split(end - begin);
    var path = index < middle ? path(index, begin, middle) : path(index, middle, end);
    path.add(index < middle ? hash(middle, end) : hash(begin, middle));
    return path;
  }

  /** SUBPROOF of the RFC. */
  private List<byte[]> joint(long from, long begin, long end, boolean known) {
    if (from == end) {
      return known ? new ArrayList<>() : new ArrayList<>(List.of(hash(begin, end)));
    }
    var middle = begin + split(end - begin);
    if (from <= middle) {
      var proof = joint(from, begin, middle, known);
      proof.add(hash(middle, end));
      return proof;
    }
    var proof = joint(from, middle, end, false);
    proof.add(hash(begin, middle));
    return proof;
  }

  private byte[] hash(long begin, long end) {
    var length = end - begin;
    if (Long.bitCount(length) == 1) {
      return perfect(begin, Long.numberOfTrailingZeros(length));
    }
    var middle = begin + split(length);
    return MerkleHash.node(hash(begin, middle), hash(middle, end));
  }

  /** Of a subtree whose hashes are all in one tile. */
  private byte[] perfect(long begin, int height) {
    var level = height / TreeHashes.HEIGHT;
    var first = begin >> (level * TreeHashes.HEIGHT);
    var count = 1 << (height % TreeHashes.HEIGHT);
    return MerkleHash.perfect(store.read(mongo -> TreeHashes.read(mongo, level, first, count)));
  }

  /** The largest power of two below it. */
  private static long split(long length) {
    return Long.highestOneBit(length - 1);
  }
}
