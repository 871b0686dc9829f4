package dev.muster.command.eventstore;

import dev.muster.command.start.CannotStartException;
import dev.muster.ops.ready.Backoff;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits for PostgreSQL when a service starts, but not for what waiting does not mend. */
final class ServerWait {

  private static final Logger log = LoggerFactory.getLogger(ServerWait.class);
  private static final int OLDEST_VERSION = 14;

  interface Connector {

    Connection connect() throws SQLException;
  }

  private final String url;
  private final Duration atMost;

  ServerWait(PostgreSqlSettings settings) {
    this.url = settings.shownUrl();
    this.atMost = Objects.requireNonNullElse(settings.startWait(), Duration.ofMinutes(1));
  }

  /**
   * @throws CannotStartException when the server stays away, refuses, or is too old
   */
  void await(Connector connector) {
    var until = System.nanoTime() + atMost.toNanos();
    var backoff = new Backoff(Duration.ofMillis(400), Duration.ofSeconds(5));
    while (!answers(connector, System.nanoTime() >= until)) {
      try {
        backoff.pause();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CannotStartException("interrupted while PostgreSQL was waited for", e);
      }
    }
  }

  private boolean answers(Connector connector, boolean isLast) {
    try (var connection = connector.connect()) {
      var server = connection.getMetaData();
      tooOld(server.getDatabaseMajorVersion(), server.getDatabaseProductVersion())
          .ifPresent(
              why -> {
                throw new CannotStartException(why);
              });
      return true;
    } catch (SQLException e) {
      if (isLast || isFinal(e)) {
        throw new CannotStartException(refusal(e), e);
      }
      log.info("postgresql_awaited url={} cause=\"{}\"", url, firstLine(e));
      return false;
    }
  }

  /** What is wrong with a server of that version, if anything. */
  static Optional<String> tooOld(int majorVersion, String version) {
    return majorVersion >= OLDEST_VERSION
        ? Optional.empty()
        : Optional.of(
            "PostgreSQL is version %s and the event store needs %d or newer: upgrade the server"
                .formatted(version, OLDEST_VERSION));
  }

  private String refusal(SQLException e) {
    var advice =
        isFinal(e)
            ? "set muster.postgresql.url, muster.postgresql.username and"
                + " muster.postgresql.password to what the server knows"
            : "start it, or set muster.postgresql.url to where it is";
    return "PostgreSQL at %s cannot be used (%s): %s".formatted(url, firstLine(e), advice);
  }

  /** A wrong user or password, or no such database. */
  private static boolean isFinal(SQLException e) {
    var state = Objects.requireNonNullElse(e.getSQLState(), "");
    return state.startsWith("28") || state.equals("3D000") || state.equals("08004");
  }

  private static String firstLine(SQLException e) {
    return Objects.requireNonNullElse(e.getMessage(), e.toString())
        .lines()
        .findFirst()
        .orElse("no reason given")
        .strip();
  }
}
