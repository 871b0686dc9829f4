package dev.muster.cli;

import dev.muster.cli.output.PlainText;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/**
 * What surrounds a command: variables, streams, and whether these are terminals.
 *
 * @param columns width of the terminal, or 0 when it is none
 */
public record Environment(
    Map<String, String> variables,
    InputStream in,
    PrintStream out,
    PrintStream err,
    boolean inIsTerminal,
    boolean outIsTerminal,
    boolean errIsTerminal,
    int columns,
    Clock clock) {

  /** That of this process; the launcher says which streams are terminals. */
  static Environment ofProcess() {
    var terminals = System.getProperty("muster.terminals", "");
    return new Environment(
        System.getenv(),
        System.in,
        AnswerStream.ofProcess(),
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
        terminals.contains("0"),
        terminals.contains("1"),
        terminals.contains("2"),
        Integer.getInteger("muster.columns", 0),
        Clock.systemUTC());
  }

  /** Set, and not to nothing. */
  public Optional<String> variable(String name) {
    return Optional.ofNullable(variables.get(name)).filter(value -> !value.isBlank());
  }

  /** Whether nothing is said against colours. */
  public boolean takesColours() {
    return variable("NO_COLOR").isEmpty() && !"dumb".equals(variables.get("TERM"));
  }

  /** A line of the answer. */
  public void say(String line) {
    out.println(line);
    flush();
  }

  /** Text of the answer, as it is. */
  public void print(String text) {
    out.print(text);
    flush();
  }

  /**
   * @throws ClosedPipe when nobody reads on
   * @throws Failure when the answer cannot be written, as on a full disk
   */
  public void flush() {
    if (!out.checkError()) {
      return;
    }
    if (out instanceof AnswerStream answer && !answer.hasReader()) {
      throw new Failure(Exit.FAILED, "the answer cannot be written: " + answer.failure());
    }
    throw new ClosedPipe();
  }

  /** A line for the person at the terminal, which is no part of the answer. */
  public void tell(String line) {
    err.println(line);
  }

  /** What failed, and what to do about it. */
  public void fail(Failure failure) {
    out.flush();
    tell("muster: " + PlainText.harmless(failure.what()));
    failure.more().forEach(line -> tell("  " + PlainText.harmless(line)));
  }
}
