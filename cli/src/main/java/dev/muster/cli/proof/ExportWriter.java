package dev.muster.cli.proof;

import dev.muster.cli.Exit;
import dev.muster.cli.Failure;
import dev.muster.cli.proof.ExportPart.Tile;
import dev.muster.cli.proof.LineReader.End;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Writes an export, tile by tile. One that was cut off is continued behind its last full tile;
 * there is never more in memory than a tile.
 */
public final class ExportWriter implements AutoCloseable {

  private final Path file;
  private final FileChannel channel;
  private final OutputStream out;
  private final RowReader reader = new RowReader();
  private final RowCheck rows = new RowCheck();
  private long size;

  /** Hashes of the last tile that was there before. */
  private byte[] last = {};

  private ExportWriter(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
    this.out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
  }

  /**
   * @param file is continued when it is half an export of that log
   * @throws Failure when it is something else, or another program writes it
   */
  public static ExportWriter open(Path file, String log) throws IOException {
    var channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() == null) {
        throw new Failure(Exit.CONFLICT, "another program writes %s".formatted(file));
      }
      var writer = new ExportWriter(file, channel);
      writer.begin(log);
      return writer;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private void begin(String log) throws IOException {
    var head = ExportLines.exportHead(log);
    var begun = beginning(head.length);
    if (!Arrays.equals(begun, 0, begun.length, head, 0, begun.length)) {
      throw new Failure(
          Exit.USAGE,
          "%s is no export of the log '%s' that was cut off".formatted(file, log),
          "Move it away, or export into another file.");
    }
    if (begun.length < head.length) {
      channel.truncate(0);
      channel.position(0);
      out.write(head);
      return;
    }
    var end = endOfFullTiles(head.length);
    channel.truncate(end);
    channel.position(end);
  }

  private byte[] beginning(int length) throws IOException {
    try (var in = Files.newInputStream(file)) {
      return in.readNBytes(length);
    }
  }

  private long endOfFullTiles(long begin) throws IOException {
    var end = begin;
    try (var reader = ExportReader.open(file)) {
      for (var part = reader.next();
          part.isPresent()
              && part.get() instanceof Tile tile
              && tile.first() == size
              && tile.rows().size() == ExportReader.WIDTH
              && tile.width() == ExportReader.WIDTH;
          part = reader.next()) {
        size += ExportReader.WIDTH;
        end = reader.offset();
        last = tile.leaves();
      }
    }
    return end;
  }

  /** Rows that it has. */
  public long size() {
    return size;
  }

  /** Whether what it was begun with is of the same log; the name alone does not say so. */
  public boolean isOf(TileSource log) {
    return size == 0
        || Arrays.equals(last, log.leaves(size / ExportReader.WIDTH - 1, ExportReader.WIDTH));
  }

  /**
   * Adds the rows that are missing, up to that many in all.
   *
   * @param lines as the server gives them, from the first one that is missing on
   * @param done is told how many there are
   * @throws EOFException when they end too early
   */
  public void addUpTo(long all, InputStream lines, TileSource log, LongConsumer done)
      throws IOException {
    try (var in = new LineReader(lines, "the answer")) {
      while (size < all) {
        int width = (int) Math.min(ExportReader.WIDTH, all - size);
        addTile(in, width, log);
        done.accept(size);
      }
    }
  }

  private void addTile(LineReader in, int width, TileSource log) throws IOException {
    var text = new ByteText();
    var ends = new int[width];
    for (int i = 0; i < width; i++) {
      if (in.next(text) != End.LINE) {
        throw new EOFException("the answer ended too early");
      }
      ends[i] = text.length();
    }
    long tile = size / ExportReader.WIDTH;
    var leaves = log.leaves(tile, width);
    if (leaves.length != width * LogHash.LENGTH) {
      throw ofAnother("a tile has %d bytes".formatted(leaves.length));
    }
    var whole = new ByteText();
    List<byte[]> entries = List.of();
    int begin = 0;
    for (int i = 0; i < width; i++) {
      whole.add(text.array(), begin, ends[i] - begin);
      whole.add('\n');
      if (!showsItsLeaf(text, begin, ends[i], size + i, leaves)) {
        entries = entries.isEmpty() ? log.entries(tile, width) : entries;
        whole.add(ExportLines.entry(entries.get(i)));
      }
      begin = ends[i];
    }
    whole.add(ExportLines.tile(tile, leaves));
    out.write(whole.array(), 0, whole.length());
    size += width;
  }

  private boolean showsItsLeaf(ByteText text, int begin, int end, long index, byte[] leaves) {
    try {
      var row = reader.read(text.array(), begin, end - begin);
      if (row.leafIndex() != index) {
        throw ofAnother("index %d came where %d was due".formatted(row.leafIndex(), index));
      }
      int at = (int) (index % ExportReader.WIDTH) * LogHash.LENGTH;
      var leaf = rows.leaf(row);
      return leaf != null && Arrays.equals(leaf, 0, leaf.length, leaves, at, at + LogHash.LENGTH);
    } catch (NoRowException e) {
      throw ofAnother("index %d is no event: %s".formatted(index, e.why()));
    }
  }

  private static Failure ofAnother(String what) {
    return new Failure(
        Exit.FAILED, "the server gave no export of its log: " + what, "Next: muster doctor");
  }

  /** Makes it whole; it is on the disk then. */
  public void end(SignedCheckpoint checkpoint, LogKey key) throws IOException {
    out.write(ExportLines.foot(checkpoint, key));
    out.flush();
    channel.force(true);
  }

  /** What was written stays, to be continued. */
  @Override
  public void close() throws IOException {
    try (channel) {
      out.flush();
    }
  }
}
