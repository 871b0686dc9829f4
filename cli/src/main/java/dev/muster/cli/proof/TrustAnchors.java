package dev.muster.cli.proof;

import java.util.List;
import java.util.Optional;

/**
 * What a file is held against.
 *
 * @param keys of the log; none when that in the file has to do
 * @param kept a checkpoint that was kept elsewhere
 */
public record TrustAnchors(List<LogKey> keys, Optional<Kept> kept) {

  /**
   * A checkpoint that was kept.
   *
   * @param from its file, for people
   */
  public record Kept(SignedCheckpoint checkpoint, String from) {}

  /** Nothing but the file. */
  public static final TrustAnchors NONE = new TrustAnchors(List.of(), Optional.empty());

  /** The keys that checkpoints are checked with. */
  List<LogKey> keysOr(String inFile) {
    return keys.isEmpty() ? List.of(LogKey.parse(inFile)) : keys;
  }
}
