package dev.muster.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;

/** Runs command lines as a terminal, or a pipe, would have them; keeps what they print. */
public final class Terminal {

  static final Instant NOW = Instant.ofEpochSecond(1_710_411_000);

  private final Map<String, String> variables = new HashMap<>();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private String input = "";
  private boolean interactive;
  private int columns;

  public static Terminal asking(FakeServer server) {
    return new Terminal().with("MUSTER_URL", server.url()).with("MUSTER_API_KEY", "ik_secret");
  }

  public Terminal with(String variable, String value) {
    variables.put(variable, value);
    return this;
  }

  /** A person sits before it. */
  public Terminal typed(String text) {
    interactive = true;
    input = text;
    return this;
  }

  /** From a pipe. */
  public Terminal input(String text) {
    input = text;
    return this;
  }

  public Terminal wide(int width) {
    interactive = true;
    columns = width;
    return this;
  }

  /** Returns the exit status. */
  public int run(String... arguments) {
    return new Program(environment()).run(arguments);
  }

  public Environment environment() {
    return environment(new PrintStream(out, true, UTF_8));
  }

  /** With another standard output. */
  public Environment environment(PrintStream answer) {
    return new Environment(
        variables,
        new ByteArrayInputStream(input.getBytes(UTF_8)),
        answer,
        new PrintStream(err, true, UTF_8),
        interactive,
        interactive,
        false,
        columns,
        Clock.fixed(NOW, ZoneOffset.UTC));
  }

  public String out() {
    return out.toString(UTF_8);
  }

  public String err() {
    return err.toString(UTF_8);
  }
}
