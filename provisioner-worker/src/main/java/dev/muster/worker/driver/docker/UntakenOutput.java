package dev.muster.worker.driver.docker;

import dev.muster.worker.driver.docker.ContainerLog.Piece;
import java.io.ByteArrayOutputStream;
import java.util.List;

/**
 * What a run has printed from a place on.
 *
 * @param place up to where it was taken
 * @param pieces from the second of that place on
 * @param isTorn whether the engine has dropped pieces that were not taken
 */
record UntakenOutput(LogCursor place, List<Piece> pieces, boolean isTorn) {

  private static final long SECOND = 1_000_000_000L;

  /** Two streams of one container are told apart in time by less. */
  private static final long DISORDER = 2;

  static UntakenOutput of(LogCursor place, List<Piece> pieces) {
    if (place.skip() == 0 || boundary(place.skip(), pieces) == place.last()) {
      return new UntakenOutput(place, pieces, false);
    }
    var seen = upTo(place.last(), pieces);
    var rest = new LogCursor(place.run(), place.second(), seen, place.last(), place.offset());
    return new UntakenOutput(rest, pieces, true);
  }

  /** Bytes of the pieces up to the last one that is not later than that. */
  private static long upTo(long last, List<Piece> pieces) {
    long all = 0;
    long seen = 0;
    for (var piece : pieces) {
      all += piece.bytes().length;
      seen = piece.at() <= last ? all : seen;
    }
    return seen;
  }

  /** The time of the piece that holds the last of so many bytes; -1 when there are not so many. */
  private static long boundary(long bytes, List<Piece> pieces) {
    long seen = 0;
    for (var piece : pieces) {
      seen += piece.bytes().length;
      if (seen >= bytes) {
        return piece.at();
      }
    }
    return -1;
  }

  /** At most so many bytes of it. */
  byte[] bytes(int atMost) {
    var found = new ByteArrayOutputStream();
    long skip = place.skip();
    for (var piece : pieces) {
      var from = (int) Math.min(skip, piece.bytes().length);
      var count = Math.min(piece.bytes().length - from, atMost - found.size());
      found.write(piece.bytes(), from, count);
      skip -= from;
    }
    return found.toByteArray();
  }

  long size() {
    return pieces.stream().mapToLong(piece -> piece.bytes().length).sum() - place.skip();
  }

  /** Where that is after so many more bytes were taken. */
  LogCursor after(int count) {
    var taken = place.skip() + count;
    var last = taken == 0 ? place.last() : boundary(taken, pieces);
    // A later piece may have an earlier time; what the next read must find has to be after this.
    var second = Math.max(place.second(), last / SECOND - DISORDER);
    long before = 0;
    long seen = 0;
    for (var piece : pieces) {
      seen += piece.bytes().length;
      if (seen <= taken && piece.at() < second * SECOND) {
        before += piece.bytes().length;
      }
    }
    return new LogCursor(place.run(), second, taken - before, last, place.offset() + count);
  }
}
