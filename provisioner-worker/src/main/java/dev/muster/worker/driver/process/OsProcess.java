package dev.muster.worker.driver.process;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A process as /proc shows it.
 *
 * @param state {@code R}, {@code S}, {@code D}, {@code T}, {@code Z} …; of its threads, the one
 *     that is the furthest from its end
 * @param owner the effective user, see proc(5)
 * @param cpuTicks used by it and by the children it has reaped
 * @param startTicks clock ticks since the boot
 */
record OsProcess(
    long pid,
    int owner,
    char state,
    long parent,
    long session,
    long cpuTicks,
    long startTicks,
    long residentPages) {

  private static final long PAGE = Posix.pageSize();
  private static final Path PROC = Path.of("/proc");

  /** States of threads, from stopped to going on; any other says that it goes on. */
  private static final String HELD = "XZtTD";

  private static final String SELF_NAMESPACE = pidNamespace("self").orElse("");
  private static final int SELF = self("unix:uid");

  /** Every process that this user can see, those waiting to be reaped included. */
  static List<OsProcess> all() throws IOException {
    return ownedBy(_ -> true);
  }

  /** Those of such users. The others cost a part of what a whole look at them does. */
  static List<OsProcess> ownedBy(IntPredicate owners) throws IOException {
    var found = new ArrayList<OsProcess>();
    try (var entries = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (var entry : entries) {
        read(entry, owners).ifPresent(found::add);
      }
    }
    return found;
  }

  static Optional<OsProcess> read(long pid) {
    return read(PROC.resolve("" + pid), _ -> true);
  }

  private static Optional<OsProcess> read(Path process, IntPredicate owners) {
    try {
      int owner = (int) Files.getAttribute(process, "unix:uid");
      return owners.test(owner)
          ? Optional.of(
              parse(
                  Long.parseLong(process.getFileName().toString()),
                  owner,
                  Files.readAllBytes(process.resolve("stat"))))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Without a look into every process where the kernel keeps a list; see proc(5), children. */
  List<OsProcess> children() throws IOException {
    var file = PROC.resolve("%d/task/%d/children".formatted(pid, pid));
    try {
      return Stream.of(Files.readString(file, ISO_8859_1).split(" "))
          .filter(child -> !child.isBlank())
          .flatMap(child -> read(Long.parseLong(child)).stream())
          .toList();
    } catch (NoSuchFileException e) {
      return all().stream().filter(process -> process.parent() == pid).toList();
    } catch (IOException e) {
      // It has ended meanwhile.
      return List.of();
    }
  }

  /** False once it has ended, though its parent may not have looked yet. */
  boolean alive() {
    return state != 'Z' && state != 'X';
  }

  /** Whether it is there still, and its pid no later one's. */
  boolean same() {
    return read(pid).filter(p -> p.startTicks == startTicks).isPresent();
  }

  /** Whether it has not ended since it was seen. */
  boolean lives() {
    return read(pid).filter(p -> p.startTicks == startTicks && p.alive()).isPresent();
  }

  boolean stopped() {
    return state == 'T' || state == 't';
  }

  /** Not by a debugger, whose it is then. */
  boolean stoppedBySignal() {
    return state == 'T';
  }

  /** Whether it runs, or waits for something that lets it run. */
  boolean goesOn() {
    return alive() && !stopped() && !inKernel();
  }

  /**
   * Whether it is in the kernel, where no signal is heeded: at a disk, or until its child execs.
   */
  boolean inKernel() {
    return state == 'D';
  }

  /** Whether the kernel has it as that user: real, effective, saved, or that of its files. */
  boolean isOf(int user) {
    return users().anyMatch(u -> u == user);
  }

  /** Whether it runs as this process does. */
  boolean isOwn() {
    return owner == SELF;
  }

  /** Whether this process is root's. */
  static boolean isRoot() {
    return SELF == 0;
  }

  /** Bytes of memory that it has, and of those that it shares its part; 0 when it is gone. */
  long memoryBytes() {
    try (var lines = Files.lines(PROC.resolve(pid + "/smaps_rollup"))) {
      return lines
          .filter(line -> line.startsWith("Pss:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
          .findFirst()
          .orElse(PAGE * residentPages);
    } catch (NoSuchFileException e) {
      return 0;
    } catch (IOException | UncheckedIOException e) {
      // A kernel without that file, or a process that ends right now.
      return PAGE * residentPages;
    }
  }

  private IntStream users() {
    try {
      var status = new String(Files.readAllBytes(PROC.resolve(pid + "/status")), ISO_8859_1);
      int begin = status.indexOf("\nUid:\t") + 6;
      var numbers = status.substring(begin, status.indexOf('\n', begin)).split("\t");
      return Arrays.stream(numbers).mapToInt(Integer::parseUnsignedInt);
    } catch (IOException e) {
      return IntStream.empty();
    }
  }

  /** The user of this process. */
  static int selfUser() {
    return SELF;
  }

  static int selfGroup() {
    return self("unix:gid");
  }

  /** The namespace of pids that it is in, as the kernel names it; empty when it is gone. */
  Optional<String> pidNamespace() {
    return pidNamespace("" + pid);
  }

  /** Whether it is in a namespace of pids other than this process's. */
  boolean isApart() {
    return pidNamespace().filter(name -> !name.equals(SELF_NAMESPACE)).isPresent();
  }

  private static Optional<String> pidNamespace(String process) {
    try {
      var link = PROC.resolve(process).resolve("ns/pid");
      return Optional.of(Files.readSymbolicLink(link).toString());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static int self(String attribute) {
    try {
      return (int) Files.getAttribute(PROC.resolve("self/stat"), attribute);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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

  // What /proc has for a process is its first thread, which may have ended, or be held up, alone.
  private static char state(long pid, char first, int threads) {
    if (threads == 1 || HELD.indexOf(first) < 0) {
      return first;
    }
    char state = first;
    try (var entries = Files.newDirectoryStream(PROC.resolve(pid + "/task"))) {
      for (var thread : entries) {
        char other = fields(Files.readAllBytes(thread.resolve("stat")))[0].charAt(0);
        if (HELD.indexOf(other) < 0) {
          return other;
        }
        state = HELD.indexOf(other) > HELD.indexOf(state) ? other : state;
      }
    } catch (IOException | DirectoryIteratorException e) {
      // A thread has ended meanwhile; what was seen of the others is as good as a look before.
    }
    return state;
  }

  // The name in parentheses may hold anything, so fields are counted from the last parenthesis.
  private static String[] fields(byte[] stat) {
    var text = new String(stat, ISO_8859_1);
    return text.substring(text.lastIndexOf(')') + 2).split(" ");
  }

  private static OsProcess parse(long pid, int owner, byte[] stat) {
    var field = fields(stat);
    var ticks =
        Long.parseLong(field[11])
            + Long.parseLong(field[12])
            + Long.parseLong(field[13])
            + Long.parseLong(field[14]);
    return new OsProcess(
        pid,
        owner,
        state(pid, field[0].charAt(0), Integer.parseInt(field[17])),
        Long.parseLong(field[1]),
        Long.parseLong(field[3]),
        ticks,
        Long.parseLong(field[19]),
        Long.parseLong(field[21]));
  }
}
