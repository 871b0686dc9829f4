package dev.muster.worker.fleet;

import dev.muster.events.kafka.KafkaClients;
import dev.muster.events.kafka.Topics;
import dev.muster.kafka.group.PartitionProgress;
import dev.muster.worker.inbox.InboxStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Measures what a worker has not finished, against where the partitions end. */
final class Backlog implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Backlog.class);
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final long ASKED_AT_REST_EVERY = Duration.ofSeconds(10).toNanos();

  private final Admin admin;
  private final InstantSource clock;
  private final Map<Integer, Long> ends = new HashMap<>();
  private Set<TopicPartition> asked = Set.of();
  private long askedAt = System.nanoTime();
  private boolean isAtRest;
  private final Map<Place, Unread> unread = new HashMap<>();

  private record Place(String region, int partition) {}

  /** An event that waits and whose time is not known: since when it has been seen to wait. */
  private record Unread(long offset, Instant since) {}

  Backlog(KafkaClients kafka, String clientId, InstantSource clock) {
    this.clock = clock;
    this.admin = kafka.admin(clientId);
  }

  /** While the broker is away, against where it ended last. */
  List<RegionLag> measure(List<InboxStatus> holdings) throws InterruptedException {
    updateEnds(holdings);
    var now = clock.instant();
    var lags = holdings.stream().map(holding -> lag(holding, now)).toList();
    isAtRest = lags.stream().allMatch(lag -> lag.events() == 0);
    return lags;
  }

  private void updateEnds(List<InboxStatus> holdings) throws InterruptedException {
    var wanted = new HashMap<TopicPartition, OffsetSpec>();
    for (var holding : holdings) {
      for (int partition : holding.partitions().keySet()) {
        wanted.put(new TopicPartition(Topics.INSTANCE_EVENTS, partition), OffsetSpec.latest());
      }
    }
    if (wanted.isEmpty() || isKnown(wanted.keySet())) {
      return;
    }
    asked = Set.copyOf(wanted.keySet());
    askedAt = System.nanoTime();
    try {
      var options = new ListOffsetsOptions().timeoutMs((int) PATIENCE.toMillis());
      var found = admin.listOffsets(wanted, options).all();
      found
          .get(2 * PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
          .forEach((partition, end) -> ends.put(partition.partition(), end.offset()));
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      log.debug("the ends of the partitions are not known now", e);
    }
  }

  /** Well enough: an event that comes to a worker at rest is in its hands before it is counted. */
  private boolean isKnown(Set<TopicPartition> wanted) {
    return isAtRest && asked.equals(wanted) && System.nanoTime() - askedAt < ASKED_AT_REST_EVERY;
  }

  private RegionLag lag(InboxStatus holding, Instant now) {
    long events = 0;
    double seconds = 0;
    for (var held : holding.partitions().entrySet()) {
      var progress = held.getValue();
      var unreadCount = Math.max(0, ends.getOrDefault(held.getKey(), 0L) - progress.next());
      events += progress.unfinished() + unreadCount;
      var oldest = oldest(new Place(holding.region(), held.getKey()), progress, unreadCount, now);
      seconds = Math.max(seconds, Duration.between(oldest, now).toMillis() / 1_000.0);
    }
    return new RegionLag(holding.region(), events, seconds);
  }

  private Instant oldest(Place place, PartitionProgress progress, long unreadCount, Instant now) {
    if (unreadCount == 0) {
      unread.remove(place);
    } else {
      unread.compute(
          place,
          (_, seen) ->
              seen != null && seen.offset() == progress.next()
                  ? seen
                  : new Unread(progress.next(), now));
    }
    var waits = unread.get(place);
    var inHand = progress.oldest();
    if (inHand != null) {
      return inHand;
    }
    return waits == null ? now : waits.since();
  }

  @Override
  public void close() {
    admin.close(Duration.ofMillis(500));
  }
}
