package dev.muster.command.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.command.eventstore.EventDatabase;
import dev.muster.command.eventstore.PostgreSqlSettings;
import dev.muster.events.audit.Salts;
import dev.muster.infrastructure.TestServers;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Salts on a real PostgreSQL. */
class SaltStoreTest {

  private EventDatabase database;
  private SaltStore salts;
  private SaltStore ofNextLeader;

  @BeforeEach
  void connect() {
    var server = TestServers.shared().postgres();
    database =
        EventDatabase.open(
            new PostgreSqlSettings(
                server.newDatabase(), server.username(), server.password(), null, null));
    salts = new SaltStore(database);
    ofNextLeader = new SaltStore(database);
  }

  @AfterEach
  void disconnect() throws Exception {
    salts.close();
    ofNextLeader.close();
    database.close();
  }

  @Test
  void an_event_that_is_sealed_again_has_the_salts_it_had() throws Exception {
    var given = bytes(salts.of(3, 4));

    assertThat(bytes(ofNextLeader.of(5, 4)).subList(0, 2)).isEqualTo(given.subList(2, 4));
    assertThat(given).doesNotHaveDuplicates().hasSize(4);
  }

  @Test
  void salts_that_were_given_ahead_are_the_salts_of_the_next_events() throws Exception {
    giveAhead(Connection::commit);

    var given = bytes(salts.of(5, 2));

    assertThat(given).doesNotHaveDuplicates().hasSize(2).isEqualTo(bytes(ofNextLeader.of(5, 2)));
    assertThat(count()).isEqualTo(SaltStore.AHEAD);
  }

  @Test
  void salts_of_a_transaction_that_failed_are_given_anew() throws Exception {
    giveAhead(Connection::rollback);

    var given = bytes(salts.of(5, 2));

    assertThat(given).doesNotHaveDuplicates().hasSize(2).isEqualTo(bytes(ofNextLeader.of(5, 2)));
    assertThat(count()).isEqualTo(2);
  }

  private interface End {
    void of(Connection transaction) throws SQLException;
  }

  private void giveAhead(End end) throws SQLException {
    try (var transaction = database.session("salts-test")) {
      transaction.setAutoCommit(false);
      salts.giveAhead(transaction, 5);
      end.of(transaction);
    }
  }

  private int count() throws SQLException {
    try (var session = database.session("salts-test");
        var rows = session.createStatement().executeQuery("select count(*) from audit_salt")) {
      rows.next();
      return rows.getInt(1);
    }
  }

  private static List<String> bytes(List<Salts> salts) {
    return salts.stream().map(one -> HexFormat.of().formatHex(one.bytes())).toList();
  }
}
