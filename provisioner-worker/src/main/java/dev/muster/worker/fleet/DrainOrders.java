package dev.muster.worker.fleet;

import dev.muster.events.codec.Json;
import dev.muster.events.codec.UnreadableMessageException;
import dev.muster.events.kafka.KafkaClients;
import dev.muster.events.kafka.Topics;
import dev.muster.events.worker.DrainOrder;
import dev.muster.ops.ready.Backoff;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens for orders to this worker. Those that were there before it reported itself are for a
 * process before it; where they end is what counts, and no clock.
 */
final class DrainOrders {

  private static final Logger log = LoggerFactory.getLogger(DrainOrders.class);
  private static final Duration POLL = Duration.ofSeconds(1);

  private final KafkaClients kafka;
  private final Incarnation self;
  private final Map<TopicPartition, Long> next = new HashMap<>();
  private volatile boolean stopping;

  DrainOrders(KafkaClients kafka, Incarnation self) {
    this.kafka = kafka;
    this.self = self;
  }

  /** Only what is ordered from now on is for this process. */
  void skipOlder() {
    try (var reader = kafka.reader(self.name() + "-orders")) {
      next.clear();
      next.putAll(reader.endOffsets(WholeTopicReaders.assign(reader, Topics.WORKER_ORDERS)));
    }
  }

  /** Passes orders on until {@link #stop}; a broker that goes away is waited for. */
  void run(Consumer<DrainOrder> obey) throws InterruptedException {
    var backoff = Backoff.steady(Duration.ofSeconds(2));
    while (!stopping) {
      try {
        listen(obey);
      } catch (KafkaException e) {
        log.warn("orders cannot be read and are read again cause={}", String.valueOf(e));
        backoff.pause();
      }
    }
  }

  void stop() {
    stopping = true;
  }

  private void listen(Consumer<DrainOrder> obey) {
    try (var reader = kafka.reader(self.name() + "-orders")) {
      for (var partition : WholeTopicReaders.assign(reader, Topics.WORKER_ORDERS)) {
        reader.seek(partition, next.getOrDefault(partition, 0L));
      }
      while (!stopping) {
        for (var record : reader.poll(POLL)) {
          forThis(record).ifPresent(obey);
          next.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
        }
      }
    }
  }

  private Optional<DrainOrder> forThis(ConsumerRecord<String, byte[]> record) {
    if (!self.name().equals(record.key()) || record.value() == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(Json.read(record.value(), DrainOrder.class));
    } catch (UnreadableMessageException e) {
      log.error("an order to this worker cannot be read, give it again worker={}", self.name(), e);
      return Optional.empty();
    }
  }
}
