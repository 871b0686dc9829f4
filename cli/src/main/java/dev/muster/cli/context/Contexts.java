package dev.muster.cli.context;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.cli.output.JsonText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The contexts of a user: a file each, {@code contexts/NAME.json} below {@code
 * $XDG_CONFIG_HOME/muster} or {@code ~/.config/muster}, and the name of the one in use in {@code
 * current}. Only the owner can read them.
 */
public final class Contexts {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final String SUFFIX = ".json";

  private final Path folder;

  private Contexts(Path folder) {
    this.folder = folder;
  }

  /** None where there is neither a home nor a folder for settings. */
  public static Optional<Contexts> of(Map<String, String> variables) {
    return set(variables, "XDG_CONFIG_HOME")
        .map(Path::of)
        .filter(Path::isAbsolute)
        .or(() -> set(variables, "HOME").map(home -> Path.of(home, ".config")))
        .map(settings -> new Contexts(settings.resolve("muster")));
  }

  private static Optional<String> set(Map<String, String> variables, String name) {
    return Optional.ofNullable(variables.get(name)).filter(value -> !value.isBlank());
  }

  /** In the order of their names. */
  public List<String> names() {
    if (!Files.isDirectory(folder.resolve("contexts"))) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder.resolve("contexts"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(SUFFIX))
          .map(name -> name.substring(0, name.length() - SUFFIX.length()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new ContextException(
          "the contexts in %s cannot be read: %s".formatted(folder, e.getMessage()));
    }
  }

  /** The one in use. */
  public Optional<String> current() {
    try {
      var name = Files.readString(folder.resolve("current")).strip();
      return Optional.of(name).filter(known -> Files.exists(file(known)));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * @throws ContextException when there is none of that name, or others can read it, or it is
   *     broken
   */
  public Context get(String name) {
    var file = file(name);
    try {
      refuseWhenOthersRead(file);
      return read(JsonText.MAPPER.readTree(Files.readString(file)), file);
    } catch (NoSuchFileException e) {
      throw new ContextException(
          "there is no context '%s'".formatted(name),
          names().isEmpty() ? "Make one: muster login" : "Contexts: " + String.join(", ", names()));
    } catch (IOException | JacksonException e) {
      throw broken(file, e.getMessage());
    }
  }

  /** Makes it, or puts it in the place of one of that name. */
  public void put(String name, Context context) {
    var json = JsonText.MAPPER.createObjectNode().put("url", context.url());
    putIfThere(json, "key", context.key());
    putIfThere(json, "key_file", context.keyFile());
    putIfThere(json, "key_command", context.keyCommand());
    write(file(name), JsonText.indented(json) + "\n");
  }

  public void use(String name) {
    get(name);
    write(folder.resolve("current"), name + "\n");
  }

  public void remove(String name) {
    try {
      if (!Files.deleteIfExists(file(name))) {
        get(name);
      }
    } catch (IOException e) {
      throw broken(file(name), e.getMessage());
    }
  }

  private static void putIfThere(ObjectNode json, String name, @Nullable String value) {
    if (value != null) {
      json.put(name, value);
    }
  }

  private Path file(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new ContextException(
          "'%s' is no name of a context".formatted(name),
          "Names have letters, digits, dots and dashes, and begin with one of the former.");
    }
    return folder.resolve("contexts").resolve(name + SUFFIX);
  }

  private static Context read(JsonNode json, Path file) {
    if (!json.path("url").isString()) {
      throw broken(file, "it has no url");
    }
    return new Context(
        json.path("url").asString(),
        field(json, "key"),
        field(json, "key_file"),
        field(json, "key_command"));
  }

  private static @Nullable String field(JsonNode json, String name) {
    return json.path(name).isString() ? json.path(name).asString() : null;
  }

  private static ContextException broken(Path file, @Nullable String why) {
    var reason = String.valueOf(why).lines().findFirst().orElse("");
    return new ContextException(
        "the context %s cannot be used: %s".formatted(file, reason),
        "Remove that file, and make the context again: muster login");
  }

  private static void refuseWhenOthersRead(Path file) throws IOException {
    var mode = Files.getPosixFilePermissions(file);
    var others = EnumSet.copyOf(mode);
    others.removeAll(
        EnumSet.of(
            PosixFilePermission.OWNER_READ,
            PosixFilePermission.OWNER_WRITE,
            PosixFilePermission.OWNER_EXECUTE));
    if (!others.isEmpty()) {
      throw new ContextException(
          "the context %s can be read or changed by others (%s)"
              .formatted(file, PosixFilePermissions.toString(mode)),
          "Close it: chmod 600 " + file,
          "Then replace its key, which others may have seen: muster keys replace ID");
    }
  }

  /** Complete, or as before; for its owner's eyes only from its first byte on. */
  private void write(Path file, String text) {
    try {
      Files.createDirectories(
          file.getParent(),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      var fresh =
          Files.createTempFile(
              file.getParent(),
              ".",
              ".new",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(fresh, text, UTF_8);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new ContextException("%s cannot be written: %s".formatted(file, e.getMessage()));
    }
  }
}
