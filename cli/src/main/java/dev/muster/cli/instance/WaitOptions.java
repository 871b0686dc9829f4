package dev.muster.cli.instance;

import dev.muster.cli.server.Durations;
import java.time.Duration;
import picocli.CommandLine.Option;

/** How long a command waits for the host. */
final class WaitOptions {

  /** As long as a server waits. */
  private static final long MOST = 60;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = Durations.class,
      defaultValue = "60s",
      description = "How long to wait for it, such as 30s or 5m.")
  Duration timeout = Duration.ofSeconds(MOST);

  @Option(names = "--no-wait", description = "Ask for it, and do not wait until it is done.")
  boolean noWait;

  /** The preference that a call begins with. */
  String preference() {
    return noWait ? "respond-async" : "wait=" + Math.min(MOST, timeout.toSeconds());
  }

  Duration answerWithin() {
    return (noWait ? Duration.ZERO : timeout).plusSeconds(30);
  }
}
