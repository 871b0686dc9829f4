package dev.muster.command.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.command.eventstore.EventDatabase;
import dev.muster.command.eventstore.PostgreSqlSettings;
import dev.muster.events.audit.Salts;
import dev.muster.infrastructure.TestServers;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Salts on a real PostgreSQL. */
class SaltStoreTest {

  @Test
  void an_event_that_is_sealed_again_has_the_salts_it_had() throws Exception {
    var server = TestServers.shared().postgres();
    var database =
        EventDatabase.open(
            new PostgreSqlSettings(
                server.newDatabase(), server.username(), server.password(), null, null));
    try (database;
        var before = new SaltStore(database);
        var after = new SaltStore(database)) {
      var given = bytes(before.of(3, 4));

      assertThat(bytes(after.of(5, 4)).subList(0, 2)).isEqualTo(given.subList(2, 4));
      assertThat(given).doesNotHaveDuplicates().hasSize(4);
    }
  }

  private static List<String> bytes(List<Salts> salts) {
    return salts.stream().map(one -> HexFormat.of().formatHex(one.bytes())).toList();
  }
}
