package dev.muster.worker.driver.process;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A process as /proc shows it.
 *
 * @param state {@code R}, {@code S}, {@code D}, {@code T}, {@code Z} …
 * @param cpuTicks used by it and by the children it has reaped
 * @param startTicks clock ticks since the boot
 */
record OsProcess(
    long pid,
    char state,
    long parent,
    long session,
    long cpuTicks,
    long startTicks,
    long residentPages) {

  private static final Path PROC = Path.of("/proc");

  /** Every process that this user can see, those waiting to be reaped included. */
  static List<OsProcess> all() throws IOException {
    var found = new ArrayList<OsProcess>();
    try (var entries = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (var entry : entries) {
        read(Long.parseLong(entry.getFileName().toString())).ifPresent(found::add);
      }
    }
    return found;
  }

  static Optional<OsProcess> read(long pid) {
    try {
      return Optional.of(parse(pid, Files.readAllBytes(PROC.resolve(pid + "/stat"))));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** False once it has ended, though its parent may not have looked yet. */
  boolean alive() {
    return state != 'Z' && state != 'X';
  }

  boolean stopped() {
    return state == 'T' || state == 't';
  }

  /** The value of a variable in the environment it was started with. */
  Optional<String> variable(String name) {
    try {
      var environment = new String(Files.readAllBytes(PROC.resolve(pid + "/environ")), ISO_8859_1);
      for (var entry : environment.split("\0")) {
        if (entry.startsWith(name) && entry.startsWith("=", name.length())) {
          return Optional.of(entry.substring(name.length() + 1));
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  // The name in parentheses may hold anything, so fields are counted from the last parenthesis.
  private static OsProcess parse(long pid, byte[] stat) {
    var text = new String(stat, ISO_8859_1);
    var field = text.substring(text.lastIndexOf(')') + 2).split(" ");
    var ticks =
        Long.parseLong(field[11])
            + Long.parseLong(field[12])
            + Long.parseLong(field[13])
            + Long.parseLong(field[14]);
    return new OsProcess(
        pid,
        field[0].charAt(0),
        Long.parseLong(field[1]),
        Long.parseLong(field[3]),
        ticks,
        Long.parseLong(field[19]),
        Long.parseLong(field[21]));
  }
}
