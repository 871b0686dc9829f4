package dev.muster.cli.audit;

import dev.muster.cli.Exit;
import dev.muster.cli.Failure;
import dev.muster.cli.api.Api;
import dev.muster.cli.api.Call;
import dev.muster.cli.proof.LogKey;
import dev.muster.cli.proof.NotProvedException;
import dev.muster.cli.proof.SignedCheckpoint;
import dev.muster.cli.proof.TileSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What the server says of its log: the checkpoint, the key, tiles and proofs. */
final class AuditLogCalls implements TileSource {

  private static final String NAME = "the checkpoint of the server";
  private static final Duration UNTIL_SIGNED = Duration.ofSeconds(10);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);
  private static final int WIDTH = 256;
  private static final int GROUP = 1000;

  private final Api api;

  AuditLogCalls(Api api) {
    this.api = api;
  }

  LogKey key() {
    return LogKey.parse(api.send(Call.get("/api/audit/key")).body());
  }

  /**
   * @throws NotProvedException when that key has not signed it
   */
  SignedCheckpoint checkpoint(LogKey key) {
    var checkpoint =
        SignedCheckpoint.parse(api.send(Call.get("/api/audit/checkpoint")).body(), NAME);
    checkpoint.signedBy(List.of(key), NAME);
    return checkpoint;
  }

  /** The newest, once it was signed over that index; the one that there is when that takes long. */
  SignedCheckpoint checkpointOver(long index, LogKey key) {
    var deadline = System.nanoTime() + UNTIL_SIGNED.toNanos();
    var checkpoint = checkpoint(key);
    while (checkpoint.size() <= index && System.nanoTime() - deadline < 0) {
      rest();
      checkpoint = checkpoint(key);
    }
    return checkpoint;
  }

  /** One that was signed over all that there was when this was called. */
  SignedCheckpoint checkpointOverAll(LogKey key) {
    var checkpoint = checkpoint(key);
    var later =
        api.get(
            Call.get("/api/audit/events")
                .query("after", before(checkpoint.size()))
                .query("limit", Optional.of(1))
                .path());
    return later.isEmpty()
        ? checkpoint
        : checkpointOver(later.get(0).path("leaf_index").asLong(), key);
  }

  /** Index of the row before that one, if there is any. */
  static Optional<Long> before(long index) {
    return Optional.of(index - 1).filter(before -> before >= 0);
  }

  private static void rest() {
    try {
      Thread.sleep(BETWEEN_LOOKS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure(Exit.FAILED, "interrupted");
    }
  }

  @Override
  public byte[] leaves(long tile, int width) {
    return tile("0", tile, width);
  }

  @Override
  public List<byte[]> entries(long tile, int width) {
    var bundle = tile("entries", tile, width);
    var entries = new ArrayList<byte[]>();
    for (int at = 0; at + 2 <= bundle.length; ) {
      int length = (bundle[at] & 0xff) << 8 | bundle[at + 1] & 0xff;
      at += 2 + length;
      entries.add(Arrays.copyOfRange(bundle, at - length, at));
    }
    if (entries.size() != width) {
      throw new Failure(
          Exit.FAILED,
          "the server gave %d entries of a bundle of %d".formatted(entries.size(), width));
    }
    return entries;
  }

  /** The entry of an index, of a log of that size. */
  byte[] entry(long index, long size) {
    long tile = index / WIDTH;
    int width = (int) Math.min(WIDTH, size - tile * WIDTH);
    return entries(tile, width).get((int) (index % WIDTH));
  }

  private byte[] tile(String level, long tile, int width) {
    var path = number(tile) + (width == WIDTH ? "" : ".p/" + width);
    return api.bytes(Call.get("/api/audit/tile/%s/%s".formatted(level, path)));
  }

  /** As tlog-tiles writes numbers: {@code x001/x234/067}. */
  private static String number(long tile) {
    var text = "%03d".formatted(tile % GROUP);
    for (long above = tile / GROUP; above > 0; above /= GROUP) {
      text = "x%03d/%s".formatted(above % GROUP, text);
    }
    return text;
  }

  /** Base64, from the leaf's neighbour up. */
  List<String> proof(long index, long size) {
    var call =
        Call.get("/api/audit/proof")
            .query("index", Optional.of(index))
            .query("size", Optional.of(size));
    return api.send(call).json().path("hashes").valueStream().map(JsonNode::asString).toList();
  }
}
