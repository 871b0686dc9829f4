package dev.muster.query.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.events.instance.InstanceSpec;
import dev.muster.events.instance.RestartPolicy;
import dev.muster.infrastructure.EmbeddedKafka;
import dev.muster.infrastructure.MongoWireServer;
import dev.muster.query.QueryProcess;
import dev.muster.query.Story;
import dev.muster.query.Topic;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that do not read, of a process with a heap of 512 MiB. */
class SlowReaderTest {

  private static final String STREAMS = "muster_query_streams";

  /** What waits for all of them would not fit into the heap. */
  private static final int READERS = 50;

  private static final int EVENTS = 250;

  @TempDir Path folder;
  private final Places places = new Places();

  @Test
  void who_does_not_read_is_cut_off_costs_no_memory_holds_nobody_up_and_misses_nothing()
      throws Exception {
    try (var kafka = EmbeddedKafka.start(folder.resolve("kafka"), 0);
        var mongo = MongoWireServer.start(0);
        var topic = Topic.at(kafka.bootstrapServers());
        var service =
            QueryProcess.start(
                folder.resolve("query.log"),
                kafka.bootstrapServers(),
                mongo.uri("slow"),
                "server.tomcat.connection-timeout=2s")) {
      service.awaitReady();
      var slow = new ArrayList<Socket>();
      for (int i = 0; i < READERS; i++) {
        slow.add(service.ask("/api/events", "Last-Event-ID: 0"));
      }
      var good =
          CompletableFuture.supplyAsync(
              () -> idsUpTo(service, 0, EVENTS), Thread::startVirtualThread);
      await().until(() -> service.metric(STREAMS) == READERS + 1);

      for (int i = 0; i < EVENTS; i++) {
        topic.tell(places.of(large(i)));
      }

      assertThat(good.join()).isEqualTo(LongStream.rangeClosed(1, EVENTS).boxed().toList());
      await().atMost(Duration.ofSeconds(30)).until(() -> service.metric(STREAMS) == 0);
      assertThat(service.mostResidentMiB()).isLessThan(900);
      var got = wholeEvents(slow.getFirst());
      assertThat(got).isLessThan(EVENTS);
      assertThat(idsUpTo(service, got, EVENTS))
          .isEqualTo(LongStream.rangeClosed(got + 1, EVENTS).boxed().toList());
      close(slow);

      try (var stuck = service.ask("/api/events?after=0", "Accept: */*")) {
        await().until(() -> service.metric(STREAMS) == 1);
        assertThat(service.stop()).isZero();
      }
    }
  }

  /** Reads well, and leaves when it has that event. */
  private static List<Long> idsUpTo(QueryProcess service, long after, long last) {
    var ids = new ArrayList<Long>();
    try (var socket = service.ask("/api/events", "Last-Event-ID: " + after)) {
      var lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
      while (ids.isEmpty() || ids.getLast() < last) {
        var line = lines.readLine();
        if (line.startsWith("id: ") && !line.equals("id: " + after)) {
          ids.add(Long.parseLong(line.substring(4)));
        }
      }
      return ids;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The number of the last event that came to its end before the connection did. */
  private static long wholeEvents(Socket socket) {
    long id = 0;
    long whole = 0;
    try (var lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8))) {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("id: ")) {
          id = Long.parseLong(line.substring(4));
        } else if (line.isEmpty()) {
          whole = id;
        }
      }
    } catch (IOException e) {
      // Cut off.
    }
    return whole;
  }

  private static void close(List<Socket> sockets) throws IOException {
    for (var socket : sockets) {
      socket.close();
    }
  }

  private static Story large(int number) {
    return Story.of(
        new InstanceSpec(
            "large-" + number,
            "us-east-1",
            null,
            List.of(),
            Map.of("BLOB", "x".repeat(50_000)),
            null,
            null,
            RestartPolicy.NEVER));
  }
}
