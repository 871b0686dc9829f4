package dev.muster.query.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.events.kafka.Topics;
import dev.muster.infrastructure.EmbeddedKafka;
import dev.muster.infrastructure.MongoWireServer;
import dev.muster.query.QueryProcess;
import dev.muster.query.Story;
import dev.muster.query.Topic;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * How fast a stream catches up, and how fast many streams are served, beside a plain consumer that
 * reads the same records in the same run. For {@code benchmarks/streams.sh}.
 */
@EnabledIfSystemProperty(named = StreamSpeedTest.EVENTS, matches = "\\d+")
class StreamSpeedTest {

  static final String EVENTS = "muster.test.streams";

  private static final int EVENTS_OF_ONE = 4;
  private static final int STREAMS = 100;
  private static final int RUNS = 3;

  @TempDir Path folder;
  private final Places places = new Places();

  @Test
  void speed() throws Exception {
    int events = Integer.getInteger(EVENTS);
    try (var kafka = EmbeddedKafka.start(folder.resolve("kafka"), 0);
        var mongo = MongoWireServer.start(0);
        var topic = Topic.at(kafka.bootstrapServers());
        var consumer = Topic.clients(kafka.bootstrapServers()).reader("test-plain");
        var service =
            QueryProcess.start(
                folder.resolve("query.log"), kafka.bootstrapServers(), mongo.uri("speed"))) {
      tell(topic, events);
      service.awaitReady();
      catchUp(consumer, service, events);
      fanOut(topic, consumer, service, events, events / 20);
    }
  }

  private static void catchUp(Consumer<String, byte[]> consumer, QueryProcess service, int events)
      throws Exception {
    for (int run = 1; run <= RUNS; run++) {
      var plain = seconds(() -> read(consumer, 0, events));
      var stream = seconds(() -> read(service.stream("/api/events?after=0"), events));
      System.out.printf(
          "streams: run %d, %d past events: plain consumer %.2f s, one stream %.2f s (%.0f/s),"
              + " ratio %.2f%n",
          run, events, plain, stream, events / stream, plain / stream);
    }
  }

  private void fanOut(
      Topic topic, Consumer<String, byte[]> consumer, QueryProcess service, int before, int events)
      throws Exception {
    for (int run = 0; run < RUNS; run++) {
      var known = before + run * events;
      var took = fanOut(topic, service, events);
      var plain = seconds(() -> read(consumer, known, events));
      System.out.printf(
          "streams: run %d, %d new events to %d streams: %.2f s, %.0f deliveries/s;"
              + " plain consumer %.0f/s, ratio %.2f%n",
          run + 1,
          events,
          STREAMS,
          took,
          STREAMS * events / took,
          events / plain,
          STREAMS * plain / took);
    }
  }

  private double fanOut(Topic topic, QueryProcess service, int events) throws Exception {
    var open = new CountDownLatch(STREAMS);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var all =
          IntStream.range(0, STREAMS)
              .mapToObj(
                  _ ->
                      threads.submit(
                          () -> {
                            var stream = service.stream("/api/events");
                            open.countDown();
                            return read(stream, events);
                          }))
              .toList();
      open.await();
      var begun = System.nanoTime();
      tell(topic, events);
      for (var one : all) {
        assertThat(one.get()).isEqualTo(events);
      }
      return (System.nanoTime() - begun) / 1e9;
    }
  }

  private void tell(Topic topic, int events) {
    for (int told = 0; told < events; told += 1_000) {
      var some = new ArrayList<Story>();
      for (int i = 0; i < 1_000 / EVENTS_OF_ONE; i++) {
        some.add(Story.running("speed-" + i).pauseRequested().paused());
      }
      topic.tell(places.of(some.toArray(Story[]::new)));
    }
  }

  private static double seconds(Callable<?> what) throws Exception {
    var begun = System.nanoTime();
    what.call();
    return (System.nanoTime() - begun) / 1e9;
  }

  /** As fast as a consumer can: everything from the beginning, but only what is new counts. */
  private static int read(Consumer<String, byte[]> consumer, int known, int events) {
    var partitions =
        IntStream.range(0, 8).mapToObj(i -> new TopicPartition(Topics.INSTANCE_EVENTS, i)).toList();
    consumer.assign(partitions);
    seek(consumer, partitions, known, events);
    int read = 0;
    while (read < events) {
      read += consumer.poll(Duration.ofSeconds(1)).count();
    }
    return read;
  }

  private static void seek(
      Consumer<String, byte[]> consumer, List<TopicPartition> partitions, int known, int events) {
    consumer
        .endOffsets(partitions)
        .forEach(
            (partition, end) ->
                consumer.seek(partition, known == 0 ? 0 : end * known / (known + events)));
  }

  /** Counts the events that come after the opening. */
  private static int read(InputStream stream, int events) {
    try (stream) {
      var piece = new byte[65_536];
      int blocks = 0;
      byte last = 0;
      while (blocks < events + 1) {
        int length = stream.read(piece);
        if (length < 0) {
          throw new IOException("the stream ended after %d events".formatted(blocks - 1));
        }
        for (int i = 0; i < length; i++) {
          if (piece[i] == '\n' && last == '\n') {
            blocks++;
          }
          last = piece[i];
        }
      }
      return blocks - 1;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
