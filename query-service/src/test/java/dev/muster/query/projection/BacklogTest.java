package dev.muster.query.projection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.events.envelope.RecordedEvent;
import dev.muster.events.instance.InstanceSpec;
import dev.muster.events.instance.RestartPolicy;
import dev.muster.infrastructure.EmbeddedKafka;
import dev.muster.infrastructure.MongoWireServer;
import dev.muster.query.QueryProcess;
import dev.muster.query.Story;
import dev.muster.query.Topic;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What waits is worked off in bounded memory: the service is a process of its own with a heap of
 * 512 MiB; the broker and the Mongo server are in this one.
 */
class BacklogTest {

  private static final int EVENTS = 20_000;
  private static final int EVENTS_OF_ONE = 4;
  private static final int LARGE_EVENTS = 400;

  @TempDir Path folder;

  @Test
  void many_events() throws Exception {
    workOff("small", EVENTS / EVENTS_OF_ONE, i -> InstanceSpec.bot("backlog-" + i, "us-east-1"));
  }

  @Test
  void large_events() throws Exception {
    var value = "x".repeat(60_000);
    workOff(
        "large",
        LARGE_EVENTS / EVENTS_OF_ONE,
        i ->
            new InstanceSpec(
                "large-" + i,
                "us-east-1",
                null,
                List.of(),
                Map.of("BLOB", value + i),
                null,
                null,
                RestartPolicy.NEVER));
  }

  private interface Specs {
    InstanceSpec of(int number);
  }

  private void workOff(String kind, int instances, Specs specs) throws Exception {
    try (var kafka = EmbeddedKafka.start(folder.resolve("kafka"), 0);
        var mongo = MongoWireServer.start(0)) {
      var last = write(kafka, instances, specs);
      var begun = System.nanoTime();
      try (var service =
          QueryProcess.start(
              folder.resolve("query.log"), kafka.bootstrapServers(), mongo.uri("backlog"))) {
        var most = service.awaitReady();
        var seconds = (System.nanoTime() - begun) / 1e9;

        service.awaitAll(instances * EVENTS_OF_ONE);
        assertThat(service.get("/api/instances/" + last.id())).contains("\"version\":4");
        assertThat(most).as("the lag that monitoring saw").isPositive();
        assertThat(service.mostResidentMiB()).isLessThan(900);
        report(kind, instances * EVENTS_OF_ONE, seconds, service);
      }
    }
  }

  private static Story write(EmbeddedKafka kafka, int instances, Specs specs) throws Exception {
    try (var topic = Topic.at(kafka.bootstrapServers())) {
      var waiting = new ArrayList<RecordedEvent>();
      for (int i = 0; ; i++) {
        var story = Story.of(specs.of(i)).started().pauseRequested().paused();
        waiting.addAll(story.events());
        var isLast = i == instances - 1;
        if (isLast || waiting.size() >= 1_000) {
          topic.tell(waiting);
          waiting.clear();
        }
        if (isLast) {
          return story;
        }
      }
    }
  }

  private static void report(String kind, int events, double seconds, QueryProcess service) {
    System.out.printf(
        "backlog of %d %s events: ready %.1f s after its start, %.0f events/s in the steady part,"
            + " at most %d MiB resident%n",
        events, kind, seconds, service.eventsPerSecond(), service.mostResidentMiB());
  }
}
