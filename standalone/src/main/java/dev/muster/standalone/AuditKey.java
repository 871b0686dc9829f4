package dev.muster.standalone;

import dev.muster.events.tlog.NoteKey;
import dev.muster.ops.launch.OwnerFile;
import dev.muster.ops.launch.StartException;
import java.io.IOException;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.util.HexFormat;

/** The key that signs the audit log, and gives it its name. */
final class AuditKey {

  private static final int NAME_BYTES = 6;

  private AuditKey() {}

  /** The key kept in the folder, made when there is none. */
  static String in(DataFolder folder) {
    var file = folder.resolve("audit.key");
    try {
      if (!Files.exists(file)) {
        OwnerFile.write(file, NoteKey.generate(newName()) + "\n");
      }
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new StartException("the audit key %s cannot be used: %s".formatted(file, e), e);
    }
  }

  // No two logs may have one name, wherever they are.
  private static String newName() {
    var random = new byte[NAME_BYTES];
    new SecureRandom().nextBytes(random);
    return "muster/" + HexFormat.of().formatHex(random);
  }
}
