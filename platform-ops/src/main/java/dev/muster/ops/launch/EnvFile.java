package dev.muster.ops.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A file of {@code NAME=value} lines, which may hold secrets: only its owner may read it. Empty
 * lines and those that begin with # mean nothing; a value is taken as it stands, without quotes.
 */
public final class EnvFile {

  /** First line of a file that is complete only down to {@link #END}. */
  static final String BEGIN = "# Settings of Muster's services, complete down to the line '# end'.";

  static final String END = "# end";

  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final Set<PosixFilePermission> OTHERS =
      PosixFilePermissions.fromString("---rwxrwx");

  private EnvFile() {}

  /** One setting, and what there is to say about it. */
  public record Entry(String comment, String name, String value) {}

  /**
   * Values by name.
   *
   * @throws StartException when it is missing, half-written or readable by others, or a line makes
   *     no sense
   */
  public static Map<String, String> read(Path file) {
    try {
      if (!Collections.disjoint(Files.getPosixFilePermissions(file), OTHERS)) {
        throw new StartException(
            "the env file %s can be read by others: chmod 600 %s".formatted(file, file));
      }
      return parse(file, Files.readString(file));
    } catch (NoSuchFileException e) {
      throw new StartException("the env file %s does not exist".formatted(file), e);
    } catch (IOException e) {
      throw new StartException("the env file %s cannot be read: %s".formatted(file, e), e);
    }
  }

  /** Puts a complete file in the place of the old one, for its owner only. */
  public static void write(Path file, List<Entry> entries) throws IOException {
    var lines = new ArrayList<>(List.of(BEGIN));
    entries.forEach(
        entry -> lines.addAll(List.of("# " + entry.comment, entry.name + "=" + entry.value)));
    lines.add(END);
    OwnerFile.write(file, String.join("\n", lines) + "\n");
  }

  private static Map<String, String> parse(Path file, String text) {
    var lines = text.lines().toList();
    if (isHalfWritten(text, lines)) {
      throw new StartException(
          "the env file %s is half-written: its end is missing; write it again".formatted(file));
    }
    var values = new LinkedHashMap<String, String>();
    var problems = new ArrayList<String>();
    for (int i = 0; i < lines.size(); i++) {
      var line = lines.get(i).strip();
      var parts = line.split("=", 2);
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      if (parts.length == 2 && NAME.matcher(parts[0]).matches()) {
        values.put(parts[0], parts[1]);
      } else {
        // Without the line itself, which may hold a secret.
        problems.add("the env file %s line %d is not NAME=value".formatted(file, i + 1));
      }
    }
    if (!problems.isEmpty()) {
      throw new StartException(problems);
    }
    return Collections.unmodifiableMap(values);
  }

  private static boolean isHalfWritten(String text, List<String> lines) {
    if (lines.isEmpty()) {
      return false;
    }
    return !text.endsWith("\n") || (lines.getFirst().equals(BEGIN) && !lines.getLast().equals(END));
  }
}
