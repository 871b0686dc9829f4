package dev.muster.cli.proof;

import java.util.List;

/** Where the hashes of leaves and the signed entries come from, 256 in a full tile. */
public interface TileSource {

  /**
   * @param width how many of its leaves; 32 bytes each
   */
  byte[] leaves(long tile, int width);

  /** The entries of the same leaves. */
  List<byte[]> entries(long tile, int width);
}
