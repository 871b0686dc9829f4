package dev.muster.query.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.infrastructure.EmbeddedKafka;
import dev.muster.infrastructure.FreePort;
import dev.muster.infrastructure.MongoWireServer;
import dev.muster.query.RunningQueryService;
import dev.muster.query.Story;
import dev.muster.query.Topic;
import java.nio.file.Path;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker of its own, to stop at will. */
class StreamOutageTest {

  @TempDir Path folder;
  private final Places places = new Places();

  @Test
  void a_stream_outlives_the_broker_and_goes_on_where_it_was() throws Exception {
    var port = FreePort.any();
    try (var mongo = MongoWireServer.start(0)) {
      var kafka = EmbeddedKafka.start(folder, port);
      var topic = Topic.at(kafka.bootstrapServers());
      try (var service =
          RunningQueryService.start(
              kafka.bootstrapServers(), mongo.uri("outage"), "muster.query.stream-heartbeat=1s")) {
        service.awaitReady();
        try (var client = Client.after(service, "0")) {
          topic.tell(places.of(Story.running("before")));
          client.awaitId(places.newest());

          kafka.close();
          var heard = client.comments.size();
          await().until(() -> client.comments.size() > heard + 1);
          kafka = EmbeddedKafka.start(folder, port);
          topic.tell(places.of(Story.running("after")));

          client.awaitId(places.newest());
          assertThat(client.ids())
              .isEqualTo(LongStream.rangeClosed(1, places.newest()).boxed().toList());
        }
      } finally {
        topic.close();
        kafka.close();
      }
    }
  }
}
