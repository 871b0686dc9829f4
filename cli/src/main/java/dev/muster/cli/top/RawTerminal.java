package dev.muster.cli.top;

import dev.muster.cli.Environment;
import dev.muster.cli.Exit;
import dev.muster.cli.Failure;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A terminal that gives each key as it is pressed, and a screen of its own; put back at the end.
 */
final class RawTerminal implements AutoCloseable {

  private static final String ENTER = "\u001b[?1049h\u001b[?25l";
  private static final String LEAVE = "\u001b[?25h\u001b[?1049l";
  private static final int ESCAPE = 0x1b;

  private final Environment environment;
  private final String before;
  private final Thread putBack = new Thread(this::leave);

  private RawTerminal(Environment environment, String before) {
    this.environment = environment;
    this.before = before;
  }

  static RawTerminal take(Environment environment) {
    if (!environment.inIsTerminal() || !environment.outIsTerminal()) {
      throw new Failure(
          Exit.USAGE, "top needs a terminal", "For a pipe there is: muster list --watch");
    }
    var terminal = new RawTerminal(environment, stty("-g").strip());
    Runtime.getRuntime().addShutdownHook(terminal.putBack);
    terminal.enter();
    return terminal;
  }

  private void enter() {
    stty("-icanon", "-echo", "min", "0", "time", "2");
    environment.print(ENTER);
  }

  private void leave() {
    environment.print(LEAVE);
    stty(before);
  }

  /** Lends the terminal to another program. */
  void lend(Runnable program) {
    leave();
    try {
      program.run();
    } finally {
      enter();
    }
  }

  /** The next key, such as {@code q} or {@code up}; nothing after a fifth of a second. */
  Optional<String> key() throws IOException {
    int first = environment.in().read();
    if (first < 0) {
      return Optional.empty();
    }
    if (first != ESCAPE) {
      return Optional.of(named(first));
    }
    int bracket = environment.in().read();
    int last = bracket < 0 ? -1 : environment.in().read();
    return Optional.of(
        switch (last) {
          case 'A' -> "up";
          case 'B' -> "down";
          default -> "escape";
        });
  }

  private static String named(int key) {
    return switch (key) {
      case '\r', '\n' -> "enter";
      case 0x7f, 0x08 -> "backspace";
      default -> Character.toString(key);
    };
  }

  /** Rows and columns. */
  Size size() {
    var size = stty("size").strip().split(" ");
    return size.length == 2 && size[0].matches("[1-9]\\d*") && size[1].matches("[1-9]\\d*")
        ? new Size(Integer.parseInt(size[0]), Integer.parseInt(size[1]))
        : new Size(24, 80);
  }

  record Size(int rows, int columns) {}

  void draw(List<String> lines) {
    var screen = new StringBuilder("\u001b[H");
    lines.forEach(line -> screen.append(line).append("\u001b[K\n"));
    screen.setLength(Math.max(3, screen.length() - 1));
    environment.print(screen.append("\u001b[J").toString());
  }

  private static String stty(String... arguments) {
    try {
      var process =
          new ProcessBuilder(Stream.concat(Stream.of("stty"), Stream.of(arguments)).toList())
              .redirectInput(new File("/dev/tty"))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      process.waitFor();
      return said.toLowerCase(Locale.ROOT);
    } catch (IOException e) {
      throw new Failure(Exit.FAILED, "stty cannot be run: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure(Exit.FAILED, "interrupted");
    }
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(putBack);
    } catch (IllegalStateException e) {
      // It is being put back.
      return;
    }
    leave();
  }
}
