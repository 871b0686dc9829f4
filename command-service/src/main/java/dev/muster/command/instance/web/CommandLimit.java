package dev.muster.command.instance.web;

import dev.muster.command.dispatch.CommandCount;
import dev.muster.command.instance.InstanceCommand.Ask;
import dev.muster.command.instance.InstanceCommand.CreateInstance;
import dev.muster.command.settings.CommandSettings;
import dev.muster.ops.log.LogThrottle;
import dev.muster.web.problem.ProblemException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * How many commands are worked on at the same time. Beyond the peak more of them only make each
 * slower: who comes on top is told to come back, at once and cheaply. Creations, which are held
 * until they can be read, keep no other command out.
 */
@Component
final class CommandLimit {

  private static final Logger log = LoggerFactory.getLogger(CommandLimit.class);

  private final int atOnce;
  private final Semaphore creations;
  private final Semaphore others;
  private final CommandCount count;
  private final LogThrottle throttle = new LogThrottle(Duration.ofSeconds(10));

  CommandLimit(CommandSettings settings, CommandCount count) {
    this.atOnce = settings.commandsAtOnce();
    this.creations = new Semaphore(atOnce);
    this.others = new Semaphore(atOnce);
    this.count = count;
  }

  /** One command that is worked on, until it is closed. */
  static final class Permit implements AutoCloseable {

    private final Semaphore of;
    private final AtomicBoolean held = new AtomicBoolean(true);

    private Permit(Semaphore of) {
      this.of = of;
    }

    @Override
    public void close() {
      if (held.getAndSet(false)) {
        of.release();
      }
    }
  }

  /**
   * @throws ProblemException 503 with {@code Retry-After} when there are too many
   */
  Permit acquire(Ask command) {
    var free = command instanceof CreateInstance ? creations : others;
    if (free.tryAcquire()) {
      return new Permit(free);
    }
    count.refused(command);
    throttle.write(
        others ->
            log.warn(
                "command_refused at_once={} refused_before={}: more commands come than this"
                    + " replica can carry; callers are told to come back",
                atOnce,
                others));
    throw ProblemException.unavailable(
        "%d commands are under way; try again soon".formatted(atOnce));
  }
}
