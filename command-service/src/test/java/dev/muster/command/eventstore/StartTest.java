package dev.muster.command.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.command.start.CannotStartException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** An event store that cannot be opened says what to do about it, in a line. */
class StartTest {

  private static final String DO_WHAT =
      ": set muster.postgresql.url, muster.postgresql.username and muster.postgresql.password to"
          + " what the server knows";

  private final PostgreSqlSettings right = Sample.newDatabase();

  @Test
  void a_wrong_password_is_not_waited_for() {
    var wrong =
        new PostgreSqlSettings(right.url(), right.username(), "wrong", null, Duration.ofMinutes(9));

    assertThatThrownBy(() -> EventDatabase.open(wrong))
        .isInstanceOf(CannotStartException.class)
        .hasMessage(
            "PostgreSQL at %s cannot be used (FATAL: password authentication failed for user"
                + " \"%s\")%s",
            right.url(), right.username(), DO_WHAT);
  }

  @Test
  void a_database_that_is_not_there_is_not_waited_for() {
    var url = right.url() + "_not";
    var wrong =
        new PostgreSqlSettings(
            url + "?options=-c%20jit=off",
            right.username(),
            right.password(),
            null,
            Duration.ofMinutes(9));

    assertThatThrownBy(() -> EventDatabase.open(wrong))
        .isInstanceOf(CannotStartException.class)
        .hasMessage(
            "PostgreSQL at %s cannot be used (FATAL: database \"%s\" does not exist)%s",
            url, url.substring(url.lastIndexOf('/') + 1), DO_WHAT);
  }

  @Test
  void a_server_that_stays_away_is_waited_for_so_long_and_no_longer() throws Exception {
    int port;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    var url = "jdbc:postgresql://127.0.0.1:%d/muster".formatted(port);

    assertThatThrownBy(
            () ->
                EventDatabase.open(
                    new PostgreSqlSettings(url, "u", "p", null, Duration.ofMillis(300))))
        .isInstanceOf(CannotStartException.class)
        .hasMessageStartingWith("PostgreSQL at %s cannot be used (Connection to 127.0.0.1:", url)
        .hasMessageEndingWith(": start it, or set muster.postgresql.url to where it is");
  }

  @Test
  void a_schema_that_is_newer_than_the_code_is_left_alone() {
    try (var database = EventDatabase.open(right)) {
      database
          .jdbc()
          .update(
              """
              insert into flyway_schema_history
                (installed_rank, version, description, type, script, checksum, installed_by,
                 execution_time, success)
              values (99, '99', 'from the future', 'SQL', 'V99__from_the_future.sql', 1, 'newer', 1,
                 true)
              """);
    }

    assertThatThrownBy(() -> EventDatabase.open(right))
        .isInstanceOf(CannotStartException.class)
        .hasMessage(
            "the event store's schema has version 99 and this version knows up to 5: run the newer"
                + " Muster");
  }

  @Test
  void a_schema_that_was_changed_by_hand_is_not_built_upon() {
    try (var database = EventDatabase.open(right)) {
      database.jdbc().update("update flyway_schema_history set checksum = 1");
    }

    assertThatThrownBy(() -> EventDatabase.open(right))
        .isInstanceOf(CannotStartException.class)
        .hasMessageStartingWith("the event store's schema cannot be brought up to date: ");
  }

  @Test
  void servers_before_14_are_too_old() {
    assertThat(ServerWait.tooOld(13, "13.22"))
        .contains(
            "PostgreSQL is version 13.22 and the event store needs 14 or newer: upgrade the"
                + " server");
    assertThat(ServerWait.tooOld(14, "14.0")).isEmpty();
  }

  @Test
  void what_is_started_twice_is_there_once() {
    EventDatabase.open(right).close();

    try (var again = EventDatabase.open(right)) {
      assertThat(again.jdbc().queryForObject("select count(*) from event_counter", Long.class))
          .isEqualTo(1);
    }
  }
}
