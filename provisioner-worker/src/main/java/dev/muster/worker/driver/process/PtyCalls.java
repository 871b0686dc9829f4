package dev.muster.worker.driver.process;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** The calls of the C library that a pseudo-terminal takes. Negative results are errors. */
final class PtyCalls {

  static final short POLLIN = 1;
  static final short POLLOUT = 4;

  private static final int READ_WRITE = 2;
  private static final int NO_CONTROLLING_TERMINAL = 0x100;
  private static final int NON_BLOCKING = 0x800;
  private static final int CLOSE_ON_EXEC = 0x80000;
  private static final long SET_WINDOW_SIZE = 0x5414;
  private static final int NAME_LENGTH = 128;

  private static final MethodHandle OPEN = function("posix_openpt", JAVA_INT, JAVA_INT);
  private static final MethodHandle GRANT = function("grantpt", JAVA_INT, JAVA_INT);
  private static final MethodHandle UNLOCK = function("unlockpt", JAVA_INT, JAVA_INT);
  private static final MethodHandle NAME =
      function("ptsname_r", JAVA_INT, JAVA_INT, ADDRESS, JAVA_LONG);
  private static final MethodHandle READ =
      function("read", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
  private static final MethodHandle WRITE =
      function("write", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
  private static final MethodHandle CLOSE = function("close", JAVA_INT, JAVA_INT);
  private static final MethodHandle POLL = function("poll", JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
  private static final MethodHandle IOCTL =
      Linker.nativeLinker()
          .downcallHandle(
              Linker.nativeLinker().defaultLookup().findOrThrow("ioctl"),
              FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS),
              Linker.Option.firstVariadicArg(2));

  private PtyCalls() {}

  /** A new terminal's own end, which never blocks; its other end can be opened. */
  static int open() {
    return call(
        () -> {
          int flags = READ_WRITE | NO_CONTROLLING_TERMINAL | NON_BLOCKING | CLOSE_ON_EXEC;
          int end = (int) OPEN.invokeExact(flags);
          boolean ready =
              end >= 0 && (int) GRANT.invokeExact(end) == 0 && (int) UNLOCK.invokeExact(end) == 0;
          if (end >= 0 && !ready) {
            close(end);
          }
          return ready ? end : -1;
        });
  }

  /** The file that is the other end; empty on an error. */
  static String name(int end) {
    return call(
        () -> {
          try (var arena = Arena.ofConfined()) {
            var name = arena.allocate(NAME_LENGTH);
            int result = (int) NAME.invokeExact(end, name, (long) NAME_LENGTH);
            return result == 0 ? name.getString(0) : "";
          }
        });
  }

  /**
   * What of {@link #POLLIN} and {@link #POLLOUT}, an error or a hangup there is within the time.
   */
  static short poll(int end, short wanted, int millis) {
    return call(
        () -> {
          try (var arena = Arena.ofConfined()) {
            var entry = arena.allocate(8, 4);
            entry.set(JAVA_INT, 0, end);
            entry.set(JAVA_SHORT, 4, wanted);
            int ready = (int) POLL.invokeExact(entry, 1L, millis);
            return ready > 0 ? entry.get(JAVA_SHORT, 6) : 0;
          }
        });
  }

  static int read(int end, byte[] into, int offset, int length) {
    return call(
        () -> {
          try (var arena = Arena.ofConfined()) {
            var bytes = arena.allocate(length);
            int count = (int) (long) READ.invokeExact(end, bytes, (long) length);
            MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, 0, into, offset, Math.max(0, count));
            return count;
          }
        });
  }

  static int write(int end, byte[] from, int offset, int length) {
    return call(
        () -> {
          try (var arena = Arena.ofConfined()) {
            var bytes = arena.allocate(length);
            MemorySegment.copy(from, offset, bytes, ValueLayout.JAVA_BYTE, 0, length);
            return (int) (long) WRITE.invokeExact(end, bytes, (long) length);
          }
        });
  }

  static void resize(int end, int columns, int rows) {
    call(
        () -> {
          try (var arena = Arena.ofConfined()) {
            var size = arena.allocate(8, 2);
            size.set(JAVA_SHORT, 0, (short) rows);
            size.set(JAVA_SHORT, 2, (short) columns);
            return (int) IOCTL.invokeExact(end, SET_WINDOW_SIZE, size);
          }
        });
  }

  static void close(int end) {
    call(() -> (int) CLOSE.invokeExact(end));
  }

  @FunctionalInterface
  private interface Call<T> {
    T run() throws Throwable;
  }

  private static <T> T call(Call<T> call) {
    try {
      return call.run();
    } catch (Throwable e) {
      throw new IllegalStateException("the C library cannot be called", e);
    }
  }

  private static MethodHandle function(String name, ValueLayout result, ValueLayout... parameters) {
    var linker = Linker.nativeLinker();
    return linker.downcallHandle(
        linker.defaultLookup().findOrThrow(name), FunctionDescriptor.of(result, parameters));
  }
}
