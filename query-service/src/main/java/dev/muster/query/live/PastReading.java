package dev.muster.query.live;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * One way through the topic. Where it begins is a guess by time; when the guess was too late, it
 * begins once more at the beginning.
 */
final class PastReading implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(500);

  private final Consumer<String, byte[]> consumer;
  private final EventFrames frames;
  private PositionSequencer order;
  private Map<TopicPartition, Long> ends = Map.of();
  private boolean isFromBeginning;

  PastReading(Consumer<String, byte[]> consumer, EventFrames frames, long next) {
    this.consumer = consumer;
    this.frames = frames;
    this.order = new PositionSequencer(next);
  }

  /**
   * @param since when the wanted events were published at the earliest; empty when nobody knows
   */
  void begin(Optional<Instant> since) {
    assign();
    since.ifPresentOrElse(this::seek, this::seekToBeginning);
  }

  /**
   * @param offsets before which none of the wanted events is, of every partition
   */
  void begin(Map<TopicPartition, Long> offsets) {
    assign();
    offsets.forEach(consumer::seek);
  }

  private void assign() {
    var partitions = EventTopic.partitions(consumer);
    consumer.assign(partitions);
    ends = consumer.endOffsets(partitions, EventTopic.WITHIN);
  }

  /**
   * The next events; none when they have not been found so far.
   *
   * @throws KafkaException when the topic does not have the next event
   */
  List<LiveEvent> poll() {
    for (var record : consumer.poll(POLL)) {
      frames.read(record).ifPresent(event -> order.take(EventTopic.of(record), event));
    }
    var ready = order.ready();
    var ahead = order.ahead();
    EventTopic.readAllBut(ahead, consumer);
    if (ready.isEmpty() && isReadThrough(ahead)) {
      beginAgain();
    }
    return ready;
  }

  private void beginAgain() {
    if (isFromBeginning) {
      throw new KafkaException(
          "the topic has later events and not the one at position %d".formatted(order.next()));
    }
    order = new PositionSequencer(order.next());
    EventTopic.readAllBut(Set.of(), consumer);
    seekToBeginning();
  }

  private boolean isReadThrough(Set<TopicPartition> ahead) {
    return ends.entrySet().stream()
        .allMatch(
            end ->
                ahead.contains(end.getKey())
                    || consumer.position(end.getKey(), EventTopic.WITHIN) >= end.getValue());
  }

  private void seekToBeginning() {
    isFromBeginning = true;
    consumer.seekToBeginning(ends.keySet());
  }

  private void seek(Instant since) {
    var times =
        ends.keySet().stream()
            .collect(Collectors.toMap(Function.identity(), _ -> since.toEpochMilli()));
    var found = consumer.offsetsForTimes(times, EventTopic.WITHIN);
    ends.forEach(
        (partition, end) -> {
          var first = found.get(partition);
          consumer.seek(partition, first == null ? end : first.offset());
        });
  }

  @Override
  public void close() {
    consumer.close();
  }
}
