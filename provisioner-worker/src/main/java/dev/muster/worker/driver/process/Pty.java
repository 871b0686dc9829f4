package dev.muster.worker.driver.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BooleanSupplier;

/** A pseudo-terminal: this end of it, for one who reads, one who writes, and anybody who closes. */
final class Pty implements AutoCloseable {

  /** How long a wait for the other end goes on before somebody else may close this one. */
  private static final int SLICE_MILLIS = 100;

  private final int end;
  private final String name;
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private boolean closed;

  private Pty(int end, String name) {
    this.end = end;
    this.name = name;
  }

  /**
   * @throws IOException when the system has none left
   */
  static Pty open(int columns, int rows) throws IOException {
    int end = PtyCalls.open();
    var name = end < 0 ? "" : PtyCalls.name(end);
    if (name.isEmpty()) {
      throw new IOException("the system gives no pseudo-terminal");
    }
    PtyCalls.resize(end, columns, rows);
    return new Pty(end, name);
  }

  /** The file that the process on the other end opens. */
  String name() {
    return name;
  }

  void resize(int columns, int rows) {
    lock.readLock().lock();
    try {
      if (!closed) {
        PtyCalls.resize(end, columns, rows);
      }
    } finally {
      lock.readLock().unlock();
    }
  }

  /**
   * What is printed on the other end.
   *
   * @param more whether more may come; once it may not, the stream ends with what is there
   */
  InputStream output(BooleanSupplier more) {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
      }

      @Override
      public int read(byte[] into, int offset, int length) {
        while (true) {
          boolean last = !more.getAsBoolean();
          int count = attempt(PtyCalls.POLLIN, () -> PtyCalls.read(end, into, offset, length));
          if (count > 0) {
            return count;
          }
          if (count < 0 || last) {
            return -1;
          }
        }
      }
    };
  }

  /** What is typed on the other end. */
  OutputStream input() {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
      }

      @Override
      public void write(byte[] from, int offset, int length) throws IOException {
        for (int done = 0; done < length; ) {
          int at = offset + done;
          int left = length - done;
          int count = attempt(PtyCalls.POLLOUT, () -> PtyCalls.write(end, from, at, left));
          if (count < 0) {
            throw new IOException("the terminal is gone");
          }
          done += count;
        }
      }
    };
  }

  @FunctionalInterface
  private interface Transfer {
    int run();
  }

  /** Bytes moved; 0 when there was nothing to do for a moment, -1 when there never will be. */
  private int attempt(short wanted, Transfer transfer) {
    lock.readLock().lock();
    try {
      int ready = closed ? -1 : PtyCalls.poll(end, wanted, SLICE_MILLIS);
      if (ready == 0) {
        return 0;
      }
      boolean able = ready > 0 && (ready & wanted) != 0;
      int count = able ? transfer.run() : -1;
      // An end that hung up is readable too, and has nothing; a full one may be said to have room.
      return count > 0 ? count : able && ready == wanted ? 0 : -1;
    } finally {
      lock.readLock().unlock();
    }
  }

  @Override
  public void close() {
    lock.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        PtyCalls.close(end);
      }
    } finally {
      lock.writeLock().unlock();
    }
  }
}
