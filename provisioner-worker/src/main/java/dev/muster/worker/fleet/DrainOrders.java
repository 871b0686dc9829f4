package dev.muster.worker.fleet;

import dev.muster.events.codec.Json;
import dev.muster.events.kafka.KafkaClients;
import dev.muster.events.kafka.Topics;
import dev.muster.events.worker.DrainOrder;
import dev.muster.kafka.topic.CompactedTopicTable;
import dev.muster.kafka.topic.TopicReader;
import java.util.List;
import java.util.function.Consumer;

/**
 * Listens for orders to this worker. Those that were there before it reported itself are for a
 * process before it; where they end is what counts, and no clock.
 */
final class DrainOrders implements CompactedTopicTable {

  private final String worker;
  private final Consumer<DrainOrder> obey;
  private final TopicReader reader;
  private volatile boolean stopping;

  DrainOrders(KafkaClients kafka, String worker, Consumer<DrainOrder> obey) {
    this.worker = worker;
    this.obey = obey;
    this.reader = new TopicReader(kafka, worker + "-orders", List.of(this));
  }

  /** Only what is ordered from now on is for this process. */
  void skipOlder() {
    reader.skipToEnd();
  }

  /** Passes orders on until {@link #stop}. */
  void run() throws InterruptedException {
    while (!stopping) {
      reader.read(() -> !stopping);
    }
  }

  void stop() {
    stopping = true;
    reader.wake();
  }

  @Override
  public String topic() {
    return Topics.WORKER_ORDERS;
  }

  @Override
  public void put(String key, byte[] value, long offset) {
    if (worker.equals(key)) {
      obey.accept(Json.read(value, DrainOrder.class));
    }
  }

  @Override
  public void remove(String key) {}
}
