package dev.muster.cli.server;

import dev.muster.cli.Environment;
import dev.muster.cli.Exit;
import java.util.concurrent.Callable;
import picocli.CommandLine.Option;

/** What a person types: it does its work, and says with which status it ends. */
public abstract class Command implements Callable<Integer> {

  protected final Environment environment;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  private boolean help;

  protected Command(Environment environment) {
    this.environment = environment;
  }

  @Override
  public final Integer call() {
    try {
      return run().status();
    } finally {
      end();
    }
  }

  protected abstract Exit run();

  /** Lets go of what the command has used. */
  protected void end() {}
}
