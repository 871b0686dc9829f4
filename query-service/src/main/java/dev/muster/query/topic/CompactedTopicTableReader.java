package dev.muster.query.topic;

import dev.muster.events.kafka.KafkaClients;
import dev.muster.ops.ready.ReadinessCheck;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Reads the topic of every {@link TopicListener} from its beginning and stays with it, all in one
 * thread. After a failure it goes on where it was. Ready once it has everything that was there at
 * first.
 */
@Component
final class CompactedTopicTableReader extends TopicReaderJob implements ReadinessCheck {

  private static final Logger log = LoggerFactory.getLogger(CompactedTopicTableReader.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration POLL_AT_REST = Duration.ofSeconds(5);

  private final Map<String, List<TopicListener>> listeners;
  private final Map<TopicPartition, Long> next = new ConcurrentHashMap<>();
  private final Object news = new Object();
  private volatile boolean caughtUp;

  CompactedTopicTableReader(KafkaClients kafka, List<TopicListener> listeners) {
    super("query-tables", kafka);
    this.listeners = listeners.stream().collect(Collectors.groupingBy(TopicListener::topic));
  }

  /** The partitions of a topic that are being read; none before reading began. */
  List<TopicPartition> partitionsOf(String topic) {
    return next.keySet().stream().filter(partition -> partition.topic().equals(topic)).toList();
  }

  /** Returns true once everything before those ends was read, false when that takes longer. */
  boolean await(Map<TopicPartition, Long> ends, Duration atMost) throws InterruptedException {
    var deadline = System.nanoTime() + atMost.toNanos();
    synchronized (news) {
      while (!isPast(ends)) {
        var left = (deadline - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
          return false;
        }
        news.wait(left);
      }
      return true;
    }
  }

  @Override
  public String part() {
    return "topics in memory";
  }

  @Override
  public Optional<String> missing() {
    return caughtUp
        ? Optional.empty()
        : Optional.of(
            "not read yet: " + String.join(", ", listeners.keySet().stream().sorted().toList()));
  }

  @Override
  protected Consumer<String, byte[]> open(KafkaClients kafka, String clientId) {
    return kafka.reader(clientId);
  }

  @Override
  protected void read(Consumer<String, byte[]> consumer, Admin admin) {
    var partitions = partitions(consumer);
    consumer.assign(partitions);
    var ends = consumer.endOffsets(partitions);
    clearWhatWasMadeAnew(ends);
    partitions.forEach(partition -> consumer.seek(partition, next.getOrDefault(partition, 0L)));
    while (isRunning()) {
      for (var record : consumer.poll(caughtUp ? POLL_AT_REST : POLL)) {
        take(record);
      }
      advance(consumer, partitions);
      if (!caughtUp && isPast(ends)) {
        listeners.values().forEach(each -> each.forEach(TopicListener::caughtUp));
        caughtUp = true;
      }
    }
  }

  private void advance(Consumer<String, byte[]> consumer, Collection<TopicPartition> partitions) {
    partitions.forEach(partition -> next.put(partition, consumer.position(partition)));
    synchronized (news) {
      news.notifyAll();
    }
  }

  private Collection<TopicPartition> partitions(Consumer<String, byte[]> consumer) {
    var partitions = new ArrayList<TopicPartition>();
    for (var topic : listeners.keySet()) {
      var found = consumer.partitionsFor(topic);
      if (found.isEmpty()) {
        throw new KafkaException("topic %s is not there yet".formatted(topic));
      }
      found.forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
    }
    return partitions;
  }

  private void clearWhatWasMadeAnew(Map<TopicPartition, Long> ends) {
    var anew =
        ends.entrySet().stream()
            .filter(end -> next.getOrDefault(end.getKey(), 0L) > end.getValue())
            .map(end -> end.getKey().topic())
            .collect(Collectors.toSet());
    anew.forEach(topic -> log.warn("topic was made anew and is read again topic={}", topic));
    anew.forEach(topic -> of(topic).forEach(TopicListener::clear));
    next.keySet().removeIf(partition -> anew.contains(partition.topic()));
  }

  private void take(ConsumerRecord<String, byte[]> record) {
    for (var listener : of(record.topic())) {
      try {
        listener.take(record);
      } catch (RuntimeException e) { // one record must not keep the others from being read
        log.error(
            "record cannot be read and is left out; was it written by a newer version?"
                + " topic={} partition={} offset={} key={} error=\"{}\"",
            record.topic(),
            record.partition(),
            record.offset(),
            record.key(),
            e.getMessage());
      }
    }
  }

  private List<TopicListener> of(String topic) {
    return listeners.getOrDefault(topic, List.of());
  }

  private boolean isPast(Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .allMatch(end -> next.getOrDefault(end.getKey(), 0L) >= end.getValue());
  }
}
