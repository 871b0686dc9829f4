package dev.muster.cli;

/** {@code muster}, from a terminal. */
public final class Main {

  private Main() {}

  public static void main(String[] arguments) {
    System.exit(new Program(Environment.ofProcess()).run(arguments));
  }
}
