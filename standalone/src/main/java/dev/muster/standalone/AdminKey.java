package dev.muster.standalone;

import dev.muster.ops.launch.OwnerFile;
import dev.muster.ops.launch.StartException;
import dev.muster.web.key.ApiKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

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
    OwnerFile.write(file, key + "\n");
    return key;
  }

  /** Never the secret. */
  @Override
  public String toString() {
    return "AdminKey[" + file + "]";
  }
}
