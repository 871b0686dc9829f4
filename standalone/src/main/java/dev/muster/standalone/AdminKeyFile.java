package dev.muster.standalone;

import dev.muster.ops.launch.OwnerFile;
import dev.muster.ops.launch.StartException;
import dev.muster.web.key.PresentedKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The key that opens everything.
 *
 * @param fresh whether it was made just now, and nobody has seen it yet
 */
record AdminKeyFile(String text, Path file, boolean fresh) {

  /** The key kept in the folder, made when there is none. */
  static AdminKeyFile in(DataFolder folder) {
    var file = folder.resolve("admin.key");
    try {
      return Files.exists(file)
          ? new AdminKeyFile(Files.readString(file).strip(), file, false)
          : new AdminKeyFile(make(file), file, true);
    } catch (IOException e) {
      throw new StartException("the admin key %s cannot be used: %s".formatted(file, e), e);
    }
  }

  private static String make(Path file) throws IOException {
    var key = PresentedKey.generate().text();
    OwnerFile.write(file, key + "\n");
    return key;
  }

  /** Never the secret. */
  @Override
  public String toString() {
    return "AdminKey[" + file + "]";
  }
}
