package dev.muster.worker.driver.process;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.Map;

/** The few calls of the C library that Java has no words for. */
final class Posix {

  static final int SIGHUP = 1;
  static final int SIGKILL = 9;
  static final int SIGTERM = 15;
  static final int SIGCONT = 18;
  static final int SIGSTOP = 19;

  private static final int O_WRONLY_CLOEXEC = 1 | 0x80000;
  private static final int KEEP_SIZE_AND_PUNCH_HOLE = 1 | 2;

  private static final int SC_CLK_TCK = 2;
  private static final int SC_PAGESIZE = 30;

  private static final MethodHandle KILL =
      function("kill", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
  private static final MethodHandle SYSCONF =
      function("sysconf", FunctionDescriptor.of(JAVA_LONG, JAVA_INT));
  private static final MethodHandle OPEN =
      function(
          "open",
          FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT),
          Linker.Option.firstVariadicArg(2));
  private static final MethodHandle FALLOCATE =
      function(
          "fallocate", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG));
  private static final MethodHandle CLOSE =
      function("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

  private static final long PIDFD_OPEN = 434;
  private static final long PIDFD_SEND_SIGNAL = 424;
  private static final MethodHandle SYSCALL =
      function(
          "syscall",
          FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
          Linker.Option.firstVariadicArg(1));

  /** Its number is not the same everywhere, and the C library has no word for it. */
  private static final Map<String, Long> KEYCTL = Map.of("amd64", 250L, "aarch64", 219L);

  private static final long KEYCTL_JOIN_SESSION_KEYRING = 1;

  private Posix() {}

  /**
   * Gives the calling thread, and what it starts from now on, a new session keyring. Without effect
   * where the kernel has none or a filter forbids it: then instances can use none either.
   */
  static void joinNewKeyring() {
    var keyctl = KEYCTL.get(System.getProperty("os.arch"));
    if (keyctl == null) {
      return;
    }
    try {
      long _ =
          (long) SYSCALL.invokeExact(keyctl.longValue(), KEYCTL_JOIN_SESSION_KEYRING, 0L, 0L, 0L);
    } catch (Throwable e) {
      throw new IllegalStateException("keyctl(2) cannot be called", e);
    }
  }

  /** Sends a signal to that process, never to a later one that was given the same pid. */
  static void kill(OsProcess process, int signal) {
    if (process.pid() <= 1) {
      throw new IllegalArgumentException("will not send a signal to pid " + process.pid());
    }
    try {
      long held = (long) SYSCALL.invokeExact(PIDFD_OPEN, process.pid(), 0L, 0L, 0L);
      var same = process.same();
      if (held < 0) {
        // It is gone, or the kernel is older than 5.3.
        if (same) {
          kill(process.pid(), signal);
        }
        return;
      }
      if (same) {
        long _ = (long) SYSCALL.invokeExact(PIDFD_SEND_SIGNAL, held, (long) signal, 0L, 0L);
      }
      int _ = (int) CLOSE.invokeExact((int) held);
    } catch (Throwable e) {
      throw new IllegalStateException("pidfd_send_signal(2) cannot be called", e);
    }
  }

  /** Sends a signal. That the process is gone by now is no error: callers look again. */
  static void kill(long pid, int signal) {
    if (pid <= 1) {
      throw new IllegalArgumentException("will not send a signal to pid " + pid);
    }
    try {
      int _ = (int) KILL.invokeExact(Math.toIntExact(pid), signal);
    } catch (Throwable e) {
      throw new IllegalStateException("kill(2) cannot be called", e);
    }
  }

  /**
   * Gives the disk back what the file holds before {@code end}; the rest stays in its place.
   *
   * @return false when the file system cannot do that, or the file is not there
   */
  static boolean punchHole(Path file, long end) {
    try (var arena = Arena.ofConfined()) {
      int descriptor = (int) OPEN.invokeExact(arena.allocateFrom("" + file), O_WRONLY_CLOEXEC);
      if (descriptor < 0) {
        return false;
      }
      int failed = (int) FALLOCATE.invokeExact(descriptor, KEEP_SIZE_AND_PUNCH_HOLE, 0L, end);
      int _ = (int) CLOSE.invokeExact(descriptor);
      return failed == 0;
    } catch (Throwable e) {
      throw new IllegalStateException("fallocate(2) cannot be called", e);
    }
  }

  static long ticksPerSecond() {
    return sysconf(SC_CLK_TCK);
  }

  static long pageSize() {
    return sysconf(SC_PAGESIZE);
  }

  private static long sysconf(int name) {
    try {
      return (long) SYSCONF.invokeExact(name);
    } catch (Throwable e) {
      throw new IllegalStateException("sysconf(3) cannot be called", e);
    }
  }

  private static MethodHandle function(
      String name, FunctionDescriptor shape, Linker.Option... options) {
    var linker = Linker.nativeLinker();
    return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), shape, options);
  }
}
