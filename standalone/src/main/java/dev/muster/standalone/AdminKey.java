package dev.muster.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.ops.launch.StartException;
import dev.muster.web.key.ApiKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The key that opens everything.
 *
 * @param fresh whether it was made just now, and nobody has seen it yet
 */
record AdminKey(String text, Path file, boolean fresh) {

  /** The key kept in the folder, made when there is none. */
  static AdminKey in(DataFolder folder) {
    var file = folder.resolve("admin.key");
    try {
      return Files.exists(file)
          ? new AdminKey(Files.readString(file).strip(), file, false)
          : new AdminKey(make(file), file, true);
    } catch (IOException e) {
      throw new StartException("the admin key %s cannot be used: %s".formatted(file, e), e);
    }
  }

  private static String make(Path file) throws IOException {
    var key = ApiKey.generate().text();
    var fresh = file.resolveSibling("admin.key.new");
    var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    Files.deleteIfExists(fresh);
    Files.createFile(fresh, mode);
    Files.writeString(fresh, key + "\n", UTF_8);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    return key;
  }

  /** Never the secret. */
  @Override
  public String toString() {
    return "AdminKey[" + file + "]";
  }
}
