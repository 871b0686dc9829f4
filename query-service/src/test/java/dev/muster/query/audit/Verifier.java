package dev.muster.query.audit;

import dev.muster.events.tlog.MerkleHash;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** Checks proofs as RFC 9162 says, sections 2.1.3.2 and 2.1.4.2: without any tree. */
final class Verifier {

  private Verifier() {}

  static boolean includes(long index, long size, byte[] leaf, List<byte[]> proof, byte[] root) {
    if (index >= size) {
      return false;
    }
    var fn = index;
    var sn = size - 1;
    var r = leaf;
    for (var p : proof) {
      if (sn == 0) {
        return false;
      }
      if ((fn & 1) == 1 || fn == sn) {
        r = MerkleHash.node(p, r);
        while ((fn & 1) == 0 && fn != 0) {
          fn >>= 1;
          sn >>= 1;
        }
      } else {
        r = MerkleHash.node(r, p);
      }
      fn >>= 1;
      sn >>= 1;
    }
    return sn == 0 && Arrays.equals(r, root);
  }

  static boolean extendsTree(
      long from, byte[] fromRoot, long size, byte[] root, List<byte[]> given) {
    if (from == size || from == 0) {
      return given.isEmpty() && (from == 0 || Arrays.equals(fromRoot, root));
    }
    var proof = new ArrayList<>(given);
    if (Long.bitCount(from) == 1) {
      proof.addFirst(fromRoot);
    }
    var fn = from - 1;
    var sn = size - 1;
    while ((fn & 1) == 1) {
      fn >>= 1;
      sn >>= 1;
    }
    var fr = proof.getFirst();
    var sr = proof.getFirst();
    for (var c : proof.subList(1, proof.size())) {
      if (sn == 0) {
        return false;
      }
      if ((fn & 1) == 1 || fn == sn) {
        fr = MerkleHash.node(c, fr);
        sr = MerkleHash.node(c, sr);
        while ((fn & 1) == 0 && fn != 0) {
          fn >>= 1;
          sn >>= 1;
        }
      } else {
        sr = MerkleHash.node(sr, c);
      }
      fn >>= 1;
      sn >>= 1;
    }
    return sn == 0 && Arrays.equals(fr, fromRoot) && Arrays.equals(sr, root);
  }

  static byte[] hash(String base64) {
    return Base64.getDecoder().decode(base64);
  }
}
