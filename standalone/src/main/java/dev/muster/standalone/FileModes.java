package dev.muster.standalone;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Who may open what. */
final class FileModes {

  private static final Set<PosixFilePermission> OWNERS =
      PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> PASSED =
      PosixFilePermissions.fromString("rwx--x--x");
  private static final int OTHERS_BITS = 077;

  private FileModes() {}

  static boolean isRoot() throws IOException {
    return Files.getAttribute(Path.of("/proc/self/stat"), "unix:uid").equals(0);
  }

  /** What this process makes from now on is its owner's alone: logs and segments, too. */
  static void forOwnerFromNowOn() {
    var linker = Linker.nativeLinker();
    var umask =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("umask"), FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    try {
      int _ = (int) umask.invokeExact(OTHERS_BITS);
    } catch (Throwable e) {
      throw new IllegalStateException("umask(2) cannot be called", e);
    }
  }

  static void closeToOthers(Path path) throws IOException {
    var mode = Files.getPosixFilePermissions(path);
    mode.retainAll(OWNERS);
    Files.setPosixFilePermissions(path, mode);
  }

  static void letOthersPass(Path folder) throws IOException {
    Files.setPosixFilePermissions(folder, PASSED);
  }
}
