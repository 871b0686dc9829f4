package dev.muster.cli.server;

import dev.muster.cli.Environment;
import dev.muster.cli.Exit;
import dev.muster.cli.Failure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** Asks the person at the terminal. */
public final class Question {

  private Question() {}

  /**
   * @throws Failure when the answer is no, or nobody is there to give one
   */
  public static void confirm(Environment environment, String question) {
    if (!environment.inIsTerminal()) {
      throw new Failure(
          Exit.USAGE, question + " Nobody is there to answer.", "Say so before: --yes");
    }
    environment.err().print(question + " [y/N] ");
    environment.err().flush();
    var answer = line(environment);
    if (!answer.equalsIgnoreCase("y") && !answer.equalsIgnoreCase("yes")) {
      throw new Failure(Exit.FAILED, "nothing was done");
    }
  }

  /** A line of input; nothing at its end. */
  public static String line(Environment environment) {
    try {
      var line =
          new BufferedReader(new InputStreamReader(environment.in(), StandardCharsets.UTF_8))
              .readLine();
      return line == null ? "" : line.strip();
    } catch (IOException e) {
      throw new Failure(Exit.FAILED, "the input cannot be read: " + e.getMessage());
    }
  }
}
