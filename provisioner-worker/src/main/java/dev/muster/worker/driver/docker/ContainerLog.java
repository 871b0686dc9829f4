package dev.muster.worker.driver.docker;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.github.dockerjava.transport.DockerHttpClient.Response;
import dev.muster.worker.driver.HostFaultException;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a container has printed, as its engine keeps it. */
final class ContainerLog {

  /** Of the engine's API: a byte for the stream, three zeros, and the length of what follows. */
  private static final int HEADER = 4;

  /** An engine keeps lines in pieces of 16 KiB. */
  private static final int LONGEST_PIECE = 1 << 20;

  private final DockerEngine engine;

  ContainerLog(DockerEngine engine) {
    this.engine = engine;
  }

  /**
   * A line, or part of a long one.
   *
   * @param at nanoseconds since 1970, at the engine; a later one may have an earlier time, by less
   *     than a second
   */
  record Piece(long at, byte[] bytes) {}

  /**
   * In the order they were written.
   *
   * @param second of the oldest
   * @param atLeast bytes, if there are so many
   */
  List<Piece> since(EngineContainer run, long second, long atLeast) {
    return read(run, "since=" + second, atLeast);
  }

  /** The newest; empty when there is none. */
  Optional<Piece> newest(EngineContainer run) {
    return read(run, "tail=1", Long.MAX_VALUE).stream().reduce((_, newer) -> newer);
  }

  private List<Piece> read(EngineContainer run, String query, long atLeast) {
    var path =
        "/containers/%s/logs?stdout=true&stderr=true&timestamps=true&%s".formatted(run.id(), query);
    return engine.read(path, response -> pieces(response, atLeast));
  }

  private static List<Piece> pieces(Response response, long atLeast) throws IOException {
    var found = new ArrayList<Piece>();
    if (response.getStatusCode() == 404) {
      return found;
    }
    if (response.getStatusCode() != 200) {
      throw new HostFaultException("a log cannot be read: status " + response.getStatusCode());
    }
    var stream = new DataInputStream(response.getBody());
    for (long bytes = 0; bytes < atLeast; bytes += found.getLast().bytes().length) {
      var piece = next(stream);
      if (piece.isEmpty()) {
        break;
      }
      found.add(piece.get());
    }
    return found;
  }

  private static Optional<Piece> next(DataInputStream stream) throws IOException {
    try {
      stream.skipNBytes(HEADER);
    } catch (EOFException e) {
      return Optional.empty();
    }
    var length = stream.readInt();
    if (length < 0 || length > LONGEST_PIECE) {
      throw new IOException("a piece of a log has the length " + length);
    }
    var bytes = stream.readNBytes(length);
    int space = 0;
    while (space < bytes.length && bytes[space] != ' ') {
      space++;
    }
    try {
      var at = Instant.parse(new String(bytes, 0, space, US_ASCII));
      var nanos = Math.addExact(at.getEpochSecond() * 1_000_000_000L, at.getNano());
      var from = Math.min(bytes.length, space + 1);
      return Optional.of(new Piece(nanos, Arrays.copyOfRange(bytes, from, bytes.length)));
    } catch (DateTimeException e) {
      throw new IOException("a piece of a log has no time", e);
    }
  }
}
