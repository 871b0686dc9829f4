package dev.muster.query.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.infrastructure.EmbeddedKafka;
import dev.muster.infrastructure.FreePort;
import dev.muster.infrastructure.MongoWireServer;
import dev.muster.query.RunningQueryService;
import dev.muster.query.Story;
import dev.muster.query.Topic;
import dev.muster.query.logs.Printer;
import dev.muster.query.logs.Reader;
import java.nio.file.Path;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker of its own, to stop at will. */
class StreamOutageTest {

  @TempDir Path folder;
  private final Places places = new Places();

  @Test
  void streams_of_events_and_of_lines_outlive_the_broker_and_go_on_where_they_were()
      throws Exception {
    var port = FreePort.any();
    try (var mongo = MongoWireServer.start(0)) {
      var kafka = EmbeddedKafka.start(folder, port);
      var topic = Topic.at(kafka.bootstrapServers());
      try (var service =
          RunningQueryService.start(
              kafka.bootstrapServers(), mongo.uri("outage"), "muster.query.stream-heartbeat=1s")) {
        service.awaitReady();
        try (var client = Client.after(service, "0")) {
          var story = Story.running("before");
          var printer = new Printer(story.id());
          topic.tell(places.of(story));
          client.awaitId(places.newest());
          service.awaitAll(story);
          topic.tell(printer.prints("before"));
          var lines =
              Reader.of(service, "/api/instances/%s/logs?follow=true".formatted(story.id()));
          lines.awaitLine("before");

          kafka.close();
          var heard = client.comments.size();
          await().until(() -> client.comments.size() > heard + 1);
          kafka = EmbeddedKafka.start(folder, port);
          topic.tell(places.of(Story.running("after")));
          topic.tell(printer.prints("after"));

          client.awaitId(places.newest());
          assertThat(client.ids())
              .isEqualTo(LongStream.rangeClosed(1, places.newest()).boxed().toList());
          lines.awaitLine("after");
          assertThat(lines.lines()).containsExactly("before", "after");
        }
      } finally {
        topic.close();
        kafka.close();
      }
    }
  }
}
