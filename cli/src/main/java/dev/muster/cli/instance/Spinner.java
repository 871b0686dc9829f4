package dev.muster.cli.instance;

import dev.muster.cli.Environment;
import dev.muster.cli.output.Ages;
import dev.muster.cli.output.PlainText;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Shows a person at a terminal that something is being waited for, and what. */
final class Spinner implements AutoCloseable {

  private static final String[] FRAMES = {"|", "/", "-", "\\"};
  private static final long FIRST = 400;
  private static final long OFTEN = 200;

  private final Environment environment;
  private final String what;
  private final long begin = System.nanoTime();
  private final ScheduledExecutorService clock;
  private final Thread onInterrupt;
  private int frame;
  private boolean shown;

  private Spinner(Environment environment, String what, String afterwards) {
    this.environment = environment;
    this.what = PlainText.harmless(what);
    this.clock = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory());
    this.onInterrupt =
        new Thread(
            () -> {
              clear();
              environment.tell(afterwards);
            });
  }

  /**
   * @param what is being waited for, such as {@code pause my-bot}
   * @param afterwards said when somebody ends the wait by Ctrl-C
   */
  static Spinner start(Environment environment, String what, String afterwards) {
    var spinner = new Spinner(environment, what, afterwards);
    Runtime.getRuntime().addShutdownHook(spinner.onInterrupt);
    if (environment.errIsTerminal()) {
      spinner.clock.scheduleAtFixedRate(spinner::draw, FIRST, OFTEN, TimeUnit.MILLISECONDS);
    }
    return spinner;
  }

  private synchronized void draw() {
    shown = true;
    var taken = Ages.length(Duration.ofNanos(System.nanoTime() - begin));
    environment
        .err()
        .print(
            "\r\u001b[K%s %s: the host is at it (%s)"
                .formatted(FRAMES[frame++ % FRAMES.length], what, taken));
    environment.err().flush();
  }

  private synchronized void clear() {
    if (shown) {
      environment.err().print("\r\u001b[K");
      environment.err().flush();
    }
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(onInterrupt);
    } catch (IllegalStateException e) {
      return;
    }
    clock.shutdownNow();
    clear();
  }
}
