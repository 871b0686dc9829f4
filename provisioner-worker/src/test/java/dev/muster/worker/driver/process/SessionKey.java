package dev.muster.worker.driver.process;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.util.Map;

/** A key of the kernel in a session keyring of the calling thread, as logins leave them. */
final class SessionKey {

  private static final Map<String, Long> ADD_KEY = Map.of("amd64", 248L, "aarch64", 217L);
  private static final int KEY_SPEC_SESSION_KEYRING = -3;

  private SessionKey() {}

  /** Without effect where the kernel has no keys. */
  static void add(String name) {
    Posix.joinNewKeyring();
    var linker = Linker.nativeLinker();
    var shape =
        FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT);
    var syscall =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("syscall"),
            shape,
            Linker.Option.firstVariadicArg(1));
    try (var arena = Arena.ofConfined()) {
      long _ =
          (long)
              syscall.invokeExact(
                  ADD_KEY.getOrDefault(System.getProperty("os.arch"), -1L).longValue(),
                  arena.allocateFrom("user"),
                  arena.allocateFrom(name),
                  arena.allocateFrom("secret"),
                  6L,
                  KEY_SPEC_SESSION_KEYRING);
    } catch (Throwable e) {
      throw new IllegalStateException("add_key(2) cannot be called", e);
    }
  }
}
