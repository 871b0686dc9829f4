package dev.muster.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoClients;
import org.bson.Document;
import org.junit.jupiter.api.Test;

class MongoWireServerTest {

  @Test
  void the_real_driver_writes_and_reads() {
    try (var client = MongoClients.create(TestServers.shared().mongoUri("some"))) {
      var things = client.getDatabase("some").getCollection("things");
      things.insertOne(new Document("_id", "a").append("version", 7L));
      assertThat(things.find(new Document("_id", "a")).first()).containsEntry("version", 7L);
    }
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
