package dev.muster.worker.fleet;

import dev.muster.events.codec.Json;
import dev.muster.events.codec.UnreadableMessageException;
import dev.muster.events.kafka.KafkaClients;
import dev.muster.events.kafka.Topics;
import dev.muster.events.worker.WorkerReport;
import dev.muster.kafka.topic.TopicContents;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Whether a name is free, by what {@link Topics#WORKERS} shows: a worker lives while its reports go
 * on. Of several that begin at once the first in the topic has the name.
 */
final class NameClaim {

  /** Older reports are of the dead, however wrong the clocks are. */
  private static final Duration RECENT = Duration.ofSeconds(60);

  /** A live worker reports twice in this time. */
  private static final Duration WATCH = Duration.ofSeconds(5);

  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final Duration POLL = Duration.ofMillis(200);

  private final KafkaClients kafka;
  private final Incarnation self;

  private enum Sight {
    NOTHING,
    GONE,
    SELF,
    OTHER
  }

  NameClaim(KafkaClients kafka, Incarnation self) {
    this.kafka = kafka;
    this.self = self;
  }

  /**
   * Returns when the name is this process's.
   *
   * @param report puts a first report of this process into the topic
   * @throws NameInUseException when another live worker has it
   */
  void take(Report report) throws InterruptedException {
    try (var reader = kafka.reader(self.name() + "-name")) {
      var partitions = TopicContents.assign(reader, Topics.WORKERS);
      seekRecent(reader, partitions);
      if (newest(reader, reader.endOffsets(partitions)) == Sight.OTHER) {
        watch(reader);
      }
      report.send();
      awaitOwn(reader);
    }
  }

  private static void seekRecent(Consumer<String, byte[]> reader, List<TopicPartition> partitions) {
    var since = Instant.now().minus(RECENT).toEpochMilli();
    Map<TopicPartition, Long> wanted = new HashMap<>();
    partitions.forEach(partition -> wanted.put(partition, since));
    var found = reader.offsetsForTimes(wanted);
    for (var partition : partitions) {
      var first = found.get(partition);
      if (first == null) {
        reader.seekToEnd(List.of(partition));
      } else {
        reader.seek(partition, first.offset());
      }
    }
  }

  private Sight newest(Consumer<String, byte[]> reader, Map<TopicPartition, Long> ends) {
    var newest = Sight.NOTHING;
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!TopicContents.isPast(reader, ends)) {
      within(deadline);
      for (var record : reader.poll(POLL)) {
        var sight = sight(record);
        newest = sight == Sight.NOTHING ? newest : sight;
      }
    }
    return newest;
  }

  private void watch(Consumer<String, byte[]> reader) {
    var deadline = System.nanoTime() + WATCH.toNanos();
    while (System.nanoTime() - deadline < 0) {
      for (var record : reader.poll(POLL)) {
        switch (sight(record)) {
          case OTHER -> throw new NameInUseException(self.name());
          case GONE -> {
            return;
          }
          case NOTHING, SELF -> {}
        }
      }
    }
  }

  private void awaitOwn(Consumer<String, byte[]> reader) {
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      within(deadline);
      for (var record : reader.poll(POLL)) {
        switch (sight(record)) {
          case OTHER -> throw new NameInUseException(self.name());
          case SELF -> {
            return;
          }
          case NOTHING, GONE -> {}
        }
      }
    }
  }

  private static void within(long deadline) {
    if (System.nanoTime() - deadline > 0) {
      throw new TimeoutException("the workers' reports cannot be read");
    }
  }

  private Sight sight(ConsumerRecord<String, byte[]> record) {
    if (!self.name().equals(record.key())) {
      return Sight.NOTHING;
    }
    if (record.value() == null) {
      return Sight.GONE;
    }
    try {
      var report = Json.read(record.value(), WorkerReport.class);
      if (report.incarnation().equals(self.id())) {
        return Sight.SELF;
      }
      return ProcessLocation.isGone(report.incarnation()) ? Sight.GONE : Sight.OTHER;
    } catch (UnreadableMessageException e) {
      return Sight.OTHER;
    }
  }

  @FunctionalInterface
  interface Report {
    void send() throws InterruptedException;
  }
}
