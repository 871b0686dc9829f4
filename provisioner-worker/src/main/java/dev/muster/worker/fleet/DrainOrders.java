package dev.muster.worker.fleet;

import dev.muster.events.codec.Json;
import dev.muster.events.codec.UnreadableMessageException;
import dev.muster.events.kafka.KafkaClients;
import dev.muster.events.kafka.Topics;
import dev.muster.events.worker.DrainOrder;
import dev.muster.ops.ready.Backoff;
import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens for orders to this worker. Those to a process before this one are not for it. */
final class DrainOrders {

  private static final Logger log = LoggerFactory.getLogger(DrainOrders.class);
  private static final Duration POLL = Duration.ofMillis(500);

  private final KafkaClients kafka;
  private final Incarnation self;
  private volatile boolean stopping;

  DrainOrders(KafkaClients kafka, Incarnation self) {
    this.kafka = kafka;
    this.self = self;
  }

  /** Passes orders on until {@link #stop}; a broker that goes away is waited for. */
  void run(Runnable drain) throws InterruptedException {
    var backoff = Backoff.steady(Duration.ofSeconds(2));
    while (!stopping) {
      try {
        listen(drain);
      } catch (KafkaException e) {
        log.warn("orders cannot be read and are read again cause={}", String.valueOf(e));
        backoff.pause();
      }
    }
  }

  void stop() {
    stopping = true;
  }

  private void listen(Runnable drain) {
    try (var reader = kafka.reader(self.name() + "-orders")) {
      reader.seekToBeginning(Readers.assign(reader, Topics.WORKER_ORDERS));
      while (!stopping) {
        for (var record : reader.poll(POLL)) {
          if (isForThis(record)) {
            drain.run();
          }
        }
      }
    }
  }

  private boolean isForThis(ConsumerRecord<String, byte[]> record) {
    if (!self.name().equals(record.key()) || record.value() == null) {
      return false;
    }
    try {
      var order = Json.read(record.value(), DrainOrder.class);
      return order.at().isAfter(self.startedAt());
    } catch (UnreadableMessageException e) {
      log.error("an order to this worker cannot be read, drain it again worker={}", self.name(), e);
      return false;
    }
  }
}
