package dev.muster.worker.fleet;

import dev.muster.events.codec.Json;
import dev.muster.events.kafka.KafkaClients;
import dev.muster.events.kafka.Topics;
import dev.muster.events.worker.DrainOrder;
import dev.muster.kafka.topic.CompactedTopicTable;
import dev.muster.kafka.topic.TopicReader;
import dev.muster.worker.host.CordonedHosts;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads the orders: those to this worker, and for {@link CordonedHosts} those to hosts. Orders to
 * this worker that were there before it reported itself are for a process before it; where they end
 * is what counts, and no clock.
 */
final class DrainOrders implements CompactedTopicTable {

  private final String worker;
  private final Consumer<DrainOrder> obey;
  private final TopicReader reader;
  private volatile long since;
  private volatile boolean stopping;

  DrainOrders(
      KafkaClients kafka, String worker, CordonedHosts cordoned, Consumer<DrainOrder> obey) {
    this.worker = worker;
    this.obey = obey;
    this.reader = new TopicReader(kafka, worker + "-orders", List.of(this, cordoned));
  }

  /** Only what is ordered from now on is for this process. */
  void skipOlder() {
    since = reader.ends().getOrDefault(new TopicPartition(topic(), 0), 0L);
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
    if (worker.equals(key) && offset >= since) {
      obey.accept(Json.read(value, DrainOrder.class));
    }
  }

  @Override
  public void remove(String key) {}

  @Override
  public void clear() {
    since = 0;
  }
}
