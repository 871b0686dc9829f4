package dev.muster.kafka.topic;

import dev.muster.events.kafka.KafkaClients;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads every partition of the topics of its {@link TopicListener}s from the beginning and stays
 * with them, in the thread that calls it. After a failure it goes on where it was.
 */
public final class TopicReader {

  private static final Logger log = LoggerFactory.getLogger(TopicReader.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration POLL_AT_REST = Duration.ofSeconds(5);

  private final KafkaClients kafka;
  private final String clientId;
  private final Map<String, List<TopicListener>> listeners;
  private final Map<TopicPartition, Long> next = new ConcurrentHashMap<>();
  private final Object news = new Object();
  private Map<TopicPartition, Long> ends = Map.of();
  private volatile boolean caughtUp;
  private volatile @Nullable Consumer<String, byte[]> consumer;

  public TopicReader(
      KafkaClients kafka, String clientId, Collection<? extends TopicListener> listeners) {
    this.kafka = kafka;
    this.clientId = clientId;
    this.listeners = listeners.stream().collect(Collectors.groupingBy(TopicListener::topic));
  }

  /**
   * Reads for as long as that is wanted. Returns soon when a topic is not there yet, or a listener
   * does not want to begin; to be called again.
   *
   * @throws KafkaException when the broker does not answer; to be called again after a while
   */
  public void read(BooleanSupplier isWanted) throws InterruptedException {
    try (var opened = kafka.reader(clientId)) {
      consumer = opened;
      if (begin(opened)) {
        follow(opened, isWanted);
      } else {
        Thread.sleep(POLL);
      }
    } catch (WakeupException e) {
      log.debug("{} stops", clientId);
    } finally {
      consumer = null;
    }
  }

  /** Makes {@link #read} look whether it is still wanted. False when it is not reading. */
  public boolean wake() {
    var reading = consumer;
    if (reading != null) {
      reading.wakeup();
    }
    return reading != null;
  }

  /**
   * Nothing that is there now will be read. Not to be called while it reads.
   *
   * @throws KafkaException when a topic is not there, or the broker does not answer
   */
  public void skipToEnd() {
    var now = ends();
    next.clear();
    next.putAll(now);
  }

  /**
   * Where the topics end now.
   *
   * @throws KafkaException when a topic is not there, or the broker does not answer
   */
  public Map<TopicPartition, Long> ends() {
    try (var opened = kafka.reader(clientId)) {
      var partitions = partitions(opened);
      if (partitions.isEmpty()) {
        throw new KafkaException("not all there yet: " + String.join(", ", topics()));
      }
      return opened.endOffsets(partitions);
    }
  }

  /** In alphabetical order. */
  public List<String> topics() {
    return listeners.keySet().stream().sorted().toList();
  }

  /** Whether everything was read that was there when reading began first. */
  public boolean isCaughtUp() {
    return caughtUp;
  }

  /** Whether a record that is being taken came after reading began, this time. */
  public boolean isNew(ConsumerRecord<String, byte[]> record) {
    var partition = new TopicPartition(record.topic(), record.partition());
    return record.offset() >= ends.getOrDefault(partition, 0L);
  }

  /** The partitions of a topic that are being read; none before reading began. */
  public List<TopicPartition> partitionsOf(String topic) {
    return next.keySet().stream().filter(partition -> partition.topic().equals(topic)).toList();
  }

  /** Returns true once everything before those ends was read, false when that takes longer. */
  public boolean await(Map<TopicPartition, Long> wanted, Duration atMost)
      throws InterruptedException {
    var deadline = System.nanoTime() + atMost.toNanos();
    synchronized (news) {
      while (!isPast(wanted)) {
        var left = (deadline - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
          return false;
        }
        news.wait(left);
      }
      return true;
    }
  }

  private boolean begin(Consumer<String, byte[]> reading) {
    var partitions = partitions(reading);
    if (partitions.isEmpty() || !all().stream().allMatch(each -> each.mayBegin(reading))) {
      return false;
    }
    reading.assign(partitions);
    ends = reading.endOffsets(partitions);
    clearWhatWasMadeAnew();
    partitions.forEach(partition -> reading.seek(partition, next.getOrDefault(partition, 0L)));
    return true;
  }

  private void follow(Consumer<String, byte[]> reading, BooleanSupplier isWanted) {
    while (isWanted.getAsBoolean()) {
      if (!caughtUp && isPast(ends)) {
        all().forEach(TopicListener::caughtUp);
        caughtUp = true;
      }
      var records = reading.poll(caughtUp ? POLL_AT_REST : POLL);
      if (!records.isEmpty()) {
        all().forEach(listener -> listener.arrived(records));
        records.forEach(this::take);
      }
      advance(reading);
    }
  }

  private void advance(Consumer<String, byte[]> reading) {
    reading.assignment().forEach(partition -> next.put(partition, reading.position(partition)));
    synchronized (news) {
      news.notifyAll();
    }
  }

  /** None when a topic is not there yet. */
  private List<TopicPartition> partitions(Consumer<String, byte[]> reading) {
    var partitions = new ArrayList<TopicPartition>();
    for (var topic : listeners.keySet()) {
      var found = reading.partitionsFor(topic);
      if (found.isEmpty()) {
        return List.of();
      }
      found.forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
    }
    return partitions;
  }

  private void clearWhatWasMadeAnew() {
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
      } catch (RuntimeException e) {
        if (!listener.leavesOut(e)) {
          throw e;
        }
        log.error(
            "record_unreadable topic={} partition={} offset={} key={}: left out; was it written by"
                + " a newer version?",
            record.topic(),
            record.partition(),
            record.offset(),
            record.key(),
            e);
      }
    }
  }

  private List<TopicListener> of(String topic) {
    return listeners.getOrDefault(topic, List.of());
  }

  private List<TopicListener> all() {
    return listeners.values().stream().flatMap(List::stream).toList();
  }

  private boolean isPast(Map<TopicPartition, Long> wanted) {
    return wanted.entrySet().stream()
        .allMatch(end -> next.getOrDefault(end.getKey(), 0L) >= end.getValue());
  }
}
