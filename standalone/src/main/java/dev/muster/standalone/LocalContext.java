package dev.muster.standalone;

import dev.muster.ops.launch.OwnerFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * How the command line finds this platform without being told: a context of its user, which names
 * the address and the file with the key, and becomes the one in use.
 *
 * @param name what commands call it
 */
record LocalContext(String name, Path file) {

  private static final int DEFAULT_PORT = 3000;

  /**
   * Writes it, where there is a folder for the settings of this user.
   *
   * @param key the kept admin key, or null when one was given by the settings
   * @throws IOException when it cannot be written; the platform needs it for nothing
   */
  static Optional<LocalContext> write(
      Map<String, String> variables, String url, int port, @Nullable AdminKeyFile key)
      throws IOException {
    var settings = settings(variables);
    if (settings.isEmpty()) {
      return Optional.empty();
    }
    var name = port == DEFAULT_PORT ? "local" : "local-" + port;
    var folder = settings.get().resolve("contexts");
    Files.createDirectories(
        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    var fields = new LinkedHashMap<String, String>();
    fields.put("url", url);
    if (key != null) {
      fields.put("key_file", key.file().toAbsolutePath().toString());
    }
    var file = folder.resolve(name + ".json");
    OwnerFile.write(file, JsonMapper.shared().writeValueAsString(fields) + "\n");
    OwnerFile.write(settings.get().resolve("current"), name + "\n");
    return Optional.of(new LocalContext(name, file));
  }

  private static Optional<Path> settings(Map<String, String> variables) {
    return set(variables, "XDG_CONFIG_HOME")
        .map(Path::of)
        .filter(Path::isAbsolute)
        .or(() -> set(variables, "HOME").map(home -> Path.of(home, ".config")))
        .map(folder -> folder.resolve("muster"));
  }

  private static Optional<String> set(Map<String, String> variables, String name) {
    return Optional.ofNullable(variables.get(name)).filter(value -> !value.isBlank());
  }
}
