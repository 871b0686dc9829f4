package dev.muster.infrastructure;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks every second whether a PostgreSQL lives, and starts it again when it does not. */
final class PostgresKeeper {

  private static final Logger log = LoggerFactory.getLogger(PostgresKeeper.class);
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private PostgresKeeper() {}

  static void keep(EmbeddedPostgres server) {
    Thread.ofPlatform().daemon().name("postgresql-keeper").start(() -> watch(server));
  }

  private static void watch(EmbeddedPostgres server) {
    var pause = LOOK;
    try {
      do {
        Thread.sleep(pause.plusMillis(ThreadLocalRandom.current().nextInt(200)));
        pause = revived(server) ? LOOK : longer(pause);
      } while (!server.isClosed());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean revived(EmbeddedPostgres server) throws InterruptedException {
    try {
      server.revive();
      return true;
    } catch (IOException | RuntimeException | Error e) {
      // A killed postmaster's last children may hold its memory for a moment.
      log.warn("PostgreSQL does not come back yet, trying again: {}", e.getMessage());
      return false;
    }
  }

  private static Duration longer(Duration pause) {
    var doubled = pause.multipliedBy(2);
    return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
  }
}
