package dev.muster.worker.driver.process;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * What a file takes on its disk, which Java does not say: a file with holes takes less than its
 * length.
 *
 * @param links how many names it has
 */
record FileBlocks(Inode inode, int links, long bytes) {

  /** What a file is, by whatever name. */
  record Inode(long device, long number) {}

  private static final int RELATIVE_TO_HERE = -100;
  private static final int NO_FOLLOW = 0x100;
  private static final int BASIC_STATS = 0x7ff;
  private static final int BLOCK = 512;

  // Of struct statx, which is the same on every architecture.
  private static final int LENGTH = 256;
  private static final int LINKS = 16;
  private static final int INODE = 32;
  private static final int BLOCKS = 48;
  private static final int DEVICE_MAJOR = 136;
  private static final int DEVICE_MINOR = 140;

  private static final MethodHandle STATX =
      Linker.nativeLinker()
          .downcallHandle(
              Linker.nativeLinker().defaultLookup().findOrThrow("statx"),
              FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS));

  /** Empty when it is gone, cannot be looked at, or has a name that Java cannot spell. */
  static Optional<FileBlocks> of(Path file) {
    try (var arena = Arena.ofConfined()) {
      var found = arena.allocate(LENGTH, 8);
      int failed =
          (int)
              STATX.invokeExact(
                  RELATIVE_TO_HERE,
                  arena.allocateFrom(file.toString()),
                  NO_FOLLOW,
                  BASIC_STATS,
                  found);
      if (failed != 0) {
        return Optional.empty();
      }
      var device =
          ((long) found.get(JAVA_INT, DEVICE_MAJOR) << 32) | found.get(JAVA_INT, DEVICE_MINOR);
      return Optional.of(
          new FileBlocks(
              new Inode(device, found.get(JAVA_LONG, INODE)),
              found.get(JAVA_INT, LINKS),
              BLOCK * found.get(JAVA_LONG, BLOCKS)));
    } catch (Throwable e) {
      throw new IllegalStateException("statx(2) cannot be called", e);
    }
  }

  /** Whether it is met for the first time; remembers only what has more than one name. */
  boolean isNew(Set<Inode> met) {
    return links <= 1 || met.add(inode);
  }
}
