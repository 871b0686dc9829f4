package dev.muster.standalone;

import dev.muster.ops.launch.OwnerFile;
import dev.muster.ops.launch.StartException;
import java.io.IOException;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.util.Base64;

/** The secret by which services know each other's records. */
final class RecordsSecret {

  private static final int BYTES = 32;

  private RecordsSecret() {}

  /** The secret kept in the folder, made when there is none. */
  static String in(DataFolder folder) {
    var file = folder.resolve("records.secret");
    try {
      if (!Files.exists(file)) {
        var secret = new byte[BYTES];
        new SecureRandom().nextBytes(secret);
        OwnerFile.write(file, Base64.getEncoder().encodeToString(secret) + "\n");
      }
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new StartException("the secret of records %s cannot be used: %s".formatted(file, e), e);
    }
  }
}
