package dev.muster.ops.launch;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/** A file for its owner's eyes only, from its first byte on. */
public final class OwnerFile {

  private OwnerFile() {}

  /** Puts a complete file in the place of the old one, if any. */
  public static void write(Path file, String text) throws IOException {
    var fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    Files.createFile(
        fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(fresh, text, UTF_8);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
