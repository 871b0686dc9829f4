package dev.muster.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoSecurityException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import java.nio.file.Path;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MongoWireServerTest {

  @TempDir Path folder;

  @Test
  void the_real_driver_writes_and_reads() {
    try (var client = MongoClients.create(TestServers.shared().mongoUri("some"))) {
      var things = client.getDatabase("some").getCollection("things");
      things.insertOne(new Document("_id", "a").append("version", 7L));
      assertThat(things.find(new Document("_id", "a")).first()).containsEntry("version", 7L);
    }
  }

  @Test
  void a_server_with_a_login_lets_in_its_user_alone() {
    try (var server = MongoWireServer.start(0, folder, new ServerLogin("muster", "right"))) {
      var uri = server.uri("some");
      try (var user = MongoClients.create(uri)) {
        things(user).insertOne(new Document("_id", "a"));
        assertThat(things(user).countDocuments()).isEqualTo(1);
      }
      for (var wrong :
          List.of(
              uri.replace(":right@", ":wrong@"),
              uri.replace("muster:", "nobody:"),
              uri.replace("SCRAM-SHA-256", "SCRAM-SHA-1"),
              uri.replace("SCRAM-SHA-256", "PLAIN"))) {
        try (var stranger = MongoClients.create(wrong)) {
          assertThatThrownBy(() -> things(stranger).countDocuments())
              .isInstanceOf(MongoSecurityException.class);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{find: 'things'}",
        "{insert: 'things', documents: [{_id: 'b'}]}",
        "{update: 'things', updates: [{q: {}, u: {a: 1}}]}",
        "{delete: 'things', deletes: [{q: {}, limit: 0}]}",
        "{aggregate: 'things', pipeline: [], cursor: {}}",
        "{getMore: 1, collection: 'things'}",
        "{drop: 'things'}",
        "{dropDatabase: 1}",
        "{listDatabases: 1}",
        "{serverStatus: 1}",
        "{Find: 'things'}",
        "{unheard_of: 1}",
        "{saslContinue: 1, conversationId: 1, payload: {$binary: {base64: '', subType: '00'}}}",
        "{saslStart: 1, mechanism: 'SCRAM-SHA-256'}"
      })
  void nothing_is_done_before_the_login(String command) {
    try (var server = MongoWireServer.start(0, folder, new ServerLogin("muster", "right"));
        var user = MongoClients.create(server.uri("some"))) {
      things(user).insertOne(new Document("_id", "a"));
      var open = server.uri("some").replace("muster:right@", "").replaceAll("[?].*", "");
      try (var stranger = MongoClients.create(open)) {
        assertThatThrownBy(
                () -> stranger.getDatabase("some").runCommand(BsonDocument.parse(command)))
            .isInstanceOf(MongoCommandException.class)
            .extracting(e -> ((MongoCommandException) e).getErrorCode())
            .isIn(13, 17, 18);
      }
      assertThat(things(user).find().first()).isEqualTo(new Document("_id", "a"));
    }
  }

  private static MongoCollection<Document> things(MongoClient client) {
    return client.getDatabase("some").getCollection("things");
  }

  @Test
  void a_port_that_is_taken_is_said_in_one_line() {
    int port = FreePort.any();
    try (var first = MongoWireServer.start(port)) {
      assertThat(first.uri("x")).contains(":" + port);
      assertThatThrownBy(() -> MongoWireServer.start(port).close())
          .isInstanceOf(ServerStartException.class)
          .hasMessageContaining("port " + port);
    }
  }
}
