package dev.muster.cli.proof;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * That an entry is in a tree.
 *
 * @param index of the entry
 * @param size entries of the tree
 * @param hashes from the leaf's neighbour up
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6962.html#section-2.1.1">RFC 6962, section
 *     2.1.1</a>
 */
record InclusionPath(long index, long size, List<byte[]> hashes) {

  /** The root that it leads to from that leaf; none when it is not as long as such a path is. */
  Optional<byte[]> root(byte[] leaf, LogHash hash) {
    if (index < 0 || index >= size) {
      return Optional.empty();
    }
    var path = hashes.iterator();
    var root = leaf;
    long at = index;
    for (long last = size - 1; last > 0; last >>= 1) {
      // The last node of a level without a neighbour moves up as it is.
      if ((at & 1) == 1 || at < last) {
        if (!path.hasNext()) {
          return Optional.empty();
        }
        root = joined(root, (at & 1) == 1, path, hash);
      }
      at >>= 1;
    }
    return path.hasNext() ? Optional.empty() : Optional.of(root);
  }

  private static byte[] joined(byte[] node, boolean isRight, Iterator<byte[]> path, LogHash hash) {
    var other = path.next();
    return isRight ? hash.node(other, node) : hash.node(node, other);
  }
}
