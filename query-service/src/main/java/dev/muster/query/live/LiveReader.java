package dev.muster.query.live;

import dev.muster.events.kafka.KafkaClients;
import dev.muster.kafka.topic.ConsumerJob;
import dev.muster.ops.ready.ReadinessCheck;
import dev.muster.query.topic.TopicsAtStart;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Reads new events of all partitions into {@link RecentEvents}, for all who follow them at this
 * replica. After a failure it goes on where it was.
 */
@Component
final class LiveReader extends ConsumerJob implements ReadinessCheck {

  private static final Logger log = LoggerFactory.getLogger(LiveReader.class);
  private static final Duration POLL = Duration.ofSeconds(5);
  private static final Duration FETCH_WAIT = Duration.ofSeconds(3);
  private static final long WORRY_NANOS = 30_000_000_000L;

  private final EventFrames frames;
  private final RecentEvents recent;
  private final PositionIndex index;
  private final Map<TopicPartition, Long> next = new HashMap<>();
  private @Nullable PositionSequencer order;
  private long movedAt;

  LiveReader(KafkaClients kafka, EventFrames frames, RecentEvents recent, PositionIndex index) {
    super(kafka, "query-live");
    this.frames = frames;
    this.recent = recent;
    this.index = index;
  }

  /** Before the web server's, so that answers under way still see what they wait for. */
  @Override
  public int getPhase() {
    return TopicsAtStart.PHASE_OF_READERS;
  }

  @Override
  protected void prepare(KafkaClients clients) throws Exception {
    TopicsAtStart.ensure(clients, name() + "-admin");
  }

  @Override
  public String part() {
    return "live events";
  }

  @Override
  public Optional<String> missing() {
    return recent.era() > 0 ? Optional.empty() : Optional.of("waits for its topic");
  }

  @Override
  protected Consumer<String, byte[]> open(KafkaClients clients, String clientId) {
    return clients.reader(clientId, EventTopic.FETCH_BYTES, FETCH_WAIT);
  }

  @Override
  protected void read(Consumer<String, byte[]> consumer) {
    consumer.assign(EventTopic.partitions(consumer));
    var ends = consumer.endOffsets(consumer.assignment());
    var known = order;
    if (known == null || isMadeAnew(ends)) {
      known = new TailStart(consumer, frames, ends).find(this::isRunning);
      recent.begin(known.next());
      order = known;
    } else {
      next.forEach(consumer::seek);
    }
    movedAt = System.nanoTime();
    follow(consumer, known);
  }

  private void follow(Consumer<String, byte[]> consumer, PositionSequencer order) {
    while (isRunning()) {
      var ready = order.ready();
      recent.add(ready);
      worry(order, !ready.isEmpty());
      EventTopic.readAllBut(order.ahead(), consumer);
      for (var partition : consumer.assignment()) {
        next.put(partition, consumer.position(partition));
      }
      index.put(order.newest() + 1, next);
      for (var record : consumer.poll(POLL)) {
        frames.read(record).ifPresent(event -> order.take(EventTopic.of(record), event));
      }
    }
  }

  private boolean isMadeAnew(Map<TopicPartition, Long> ends) {
    var anew =
        ends.entrySet().stream()
            .anyMatch(end -> next.getOrDefault(end.getKey(), 0L) > end.getValue());
    if (anew) {
      log.warn("topic was made anew; streams end, and those who come back begin again");
      next.clear();
      index.clear();
    }
    return anew;
  }

  private void worry(PositionSequencer order, boolean hasMoved) {
    if (hasMoved || !order.isWaiting()) {
      movedAt = System.nanoTime();
    } else if (System.nanoTime() - movedAt > WORRY_NANOS) {
      movedAt = System.nanoTime();
      log.warn(
          "streams stand still: the topic has later events and not this one. Is the publisher held"
              + " up? position={}",
          order.next());
    }
  }
}
