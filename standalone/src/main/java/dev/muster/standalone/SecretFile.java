package dev.muster.standalone;

import dev.muster.ops.launch.OwnerFile;
import dev.muster.ops.launch.StartException;
import java.io.IOException;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.util.Base64;

/** Secrets of a data folder: 32 random bytes each, in a file that only its owner reads. */
final class SecretFile {

  private static final int BYTES = 32;

  private SecretFile() {}

  /** By which services know each other's records; as {@code muster.records.secret} takes it. */
  static String ofRecords(DataFolder folder) {
    return in(folder, "records.secret", Base64.getEncoder());
  }

  /** What the embedded Kafka and Mongo servers ask for. */
  static String ofServers(DataFolder folder) {
    return in(folder, "servers.password", Base64.getUrlEncoder().withoutPadding());
  }

  /** The secret kept in the folder, made when there is none. */
  private static String in(DataFolder folder, String name, Base64.Encoder form) {
    var file = folder.resolve(name);
    try {
      if (!Files.exists(file)) {
        var secret = new byte[BYTES];
        new SecureRandom().nextBytes(secret);
        OwnerFile.write(file, form.encodeToString(secret) + "\n");
      }
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new StartException("the secret %s cannot be used: %s".formatted(file, e), e);
    }
  }
}
