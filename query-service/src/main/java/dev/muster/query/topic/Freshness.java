package dev.muster.query.topic;

import dev.muster.events.kafka.KafkaClients;
import dev.muster.kafka.topic.TopicListener;
import dev.muster.kafka.topic.TopicReader;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Makes sure that what is in memory of a topic has all that was on it when somebody asks. It costs
 * one question to the broker: for what is read seldom, and must not be old.
 */
@Component
public final class Freshness implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Freshness.class);
  private static final Duration WITHIN = Duration.ofSeconds(2);

  private final KafkaClients kafka;
  private final TopicReader reader;
  private @Nullable Admin admin;

  Freshness(KafkaClients kafka, CompactedTopicTableReader tables) {
    this.kafka = kafka;
    this.reader = tables.reader();
  }

  /**
   * Whether the listener has heard all that is on its topic now. That is waited for, up to two
   * seconds; false when the broker is away, or reading takes longer.
   */
  public boolean isRead(TopicListener listener) {
    var topic = listener.topic();
    var partitions = reader.partitionsOf(topic);
    var latest =
        partitions.stream()
            .collect(Collectors.toMap(partition -> partition, _ -> OffsetSpec.latest()));
    try {
      var ends = admin().listOffsets(latest).all().get(WITHIN.toMillis(), TimeUnit.MILLISECONDS);
      var offsets =
          ends.entrySet().stream()
              .collect(Collectors.toMap(end -> end.getKey(), end -> end.getValue().offset()));
      return !partitions.isEmpty() && reader.await(offsets, WITHIN);
    } catch (ExecutionException | TimeoutException e) {
      log.warn(
          "topic_end_unknown topic={} cause=\"{}\": what is known is told", topic, e.toString());
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public synchronized void close() {
    if (admin != null) {
      admin.close(Duration.ZERO);
    }
  }

  private synchronized Admin admin() {
    var open = admin;
    if (open == null) {
      open = kafka.admin("query-ends");
      admin = open;
    }
    return open;
  }
}
