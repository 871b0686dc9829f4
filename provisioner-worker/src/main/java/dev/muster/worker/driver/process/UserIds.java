package dev.muster.worker.driver.process;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The numbers, from first to last, that instances have as user and group. */
public record UserIds(int first, int last) {

  /** In a part of the numbers that distributions leave free. */
  public static final UserIds DEFAULT = new UserIds(1_900_000_000, 1_900_065_535);

  private static final Pattern FORM = Pattern.compile("(\\d{1,9}|1\\d{9})-(\\d{1,9}|1\\d{9})");
  private static final int LEAST = 1000;
  private static final Path ETC = Path.of("/etc");

  /**
   * Reads {@code FIRST-LAST}.
   *
   * @throws IllegalStateException when it is no such range
   */
  public static UserIds parse(String text) {
    var numbers = FORM.matcher(text);
    if (numbers.matches()) {
      var ids = new UserIds(Integer.parseInt(numbers.group(1)), Integer.parseInt(numbers.group(2)));
      if (LEAST <= ids.first && ids.first <= ids.last) {
        return ids;
      }
    }
    throw new IllegalStateException(
        "muster.hosts-uids is '%s'; it takes FIRST-LAST of 1000..1999999999".formatted(text));
  }

  /** Why these cannot be used here: users, groups or parts of containers have one of them. */
  public Optional<String> overlap() {
    return overlap(ETC);
  }

  Optional<String> overlap(Path etc) {
    return single(etc.resolve("passwd"))
        .or(() -> single(etc.resolve("group")))
        .or(() -> range(etc.resolve("subuid")))
        .or(() -> range(etc.resolve("subgid")))
        .map(
            other ->
                "muster.hosts-uids is %d-%d, which overlaps %s; choose another range"
                    .formatted(first, last, other));
  }

  /** As {@link #parse} reads it. */
  public String text() {
    return first + "-" + last;
  }

  boolean has(int user) {
    return first <= user && user <= last;
  }

  int size() {
    return last - first + 1;
  }

  private Optional<String> single(Path file) {
    return lines(file).stream()
        .map(line -> line.split(":"))
        .filter(field -> field.length > 2 && meets(number(field[2]), 1))
        .map(field -> "'%s' in %s".formatted(field[0], file))
        .findFirst();
  }

  private Optional<String> range(Path file) {
    return lines(file).stream()
        .map(line -> line.split(":"))
        .filter(field -> field.length > 2 && meets(number(field[1]), number(field[2])))
        .map(field -> "the range of '%s' in %s".formatted(field[0], file))
        .findFirst();
  }

  private boolean meets(long from, long count) {
    return from >= 0 && from <= last && from + count > first;
  }

  private static long number(String text) {
    return text.matches("\\d{1,10}") ? Long.parseLong(text) : -1;
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file, ISO_8859_1);
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw new IllegalStateException(file + " cannot be read: " + e.getMessage(), e);
    }
  }
}
