package dev.muster.command.worker;

import dev.muster.command.topic.BrokerUnavailableException;
import dev.muster.command.topic.BrokerWatch;
import dev.muster.command.topic.Recency;
import dev.muster.command.topic.TopicWriter;
import dev.muster.events.codec.Json;
import dev.muster.events.kafka.KafkaClients;
import dev.muster.events.kafka.Topics;
import dev.muster.events.worker.DrainOrder;
import dev.muster.events.worker.WorkerReport;
import dev.muster.kafka.topic.TopicReaderJob;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.springframework.stereotype.Component;

/** The workers that have reported themselves; the last ten thousand names are known. */
@Component
public final class ReportedWorkers extends TopicReaderJob {

  private static final Duration ALIVE = Duration.ofSeconds(30);
  private static final int AT_MOST = 10_000;

  private final TopicWriter writer;
  private final BrokerWatch broker;
  private final Recency recency;
  private final Map<String, Seen> lastReports = new LinkedHashMap<>();

  /** A report, and when it was heard. */
  private record Seen(List<String> regions, boolean draining, long mark) {}

  ReportedWorkers(KafkaClients kafka, TopicWriter writer, BrokerWatch broker, Recency recency) {
    super(kafka, Topics.WORKERS, "worker-reader");
    this.writer = writer;
    this.broker = broker;
    this.recency = recency;
  }

  /**
   * Gives the worker its order.
   *
   * @throws BrokerUnavailableException when the broker is away
   */
  public void order(DrainOrder order) {
    writer.write(new ProducerRecord<>(Topics.WORKER_ORDERS, order.worker(), Json.write(order)));
  }

  /**
   * Whether a worker of that name has reported within the last 30 seconds.
   *
   * @throws BrokerUnavailableException when the broker is away
   */
  public synchronized boolean isAlive(String name) {
    broker.requireAnswer();
    if (!isCaughtUp()) {
      throw new BrokerUnavailableException("the workers' reports have not been read yet", null);
    }
    var last = lastReports.get(name);
    return last != null && recency.isWithin(last.mark(), ALIVE);
  }

  /** Whether the reports are known, without which {@link #actsFor} says yes. */
  public boolean isKnown() {
    return isCaughtUp();
  }

  /** Whether a live worker takes work of that region. In doubt it does, since work is kept. */
  public synchronized boolean actsFor(String region) {
    return !isCaughtUp()
        || broker.wasAwayWithin(ALIVE)
        || lastReports.values().stream()
            .anyMatch(
                seen ->
                    !seen.draining()
                        && seen.regions().contains(region)
                        && recency.isWithin(seen.mark(), ALIVE));
  }

  /** Waits until {@link #actsFor} is true; false when it is not within that time. */
  public synchronized boolean awaitActing(String region, Duration atMost)
      throws InterruptedException {
    var deadline = System.nanoTime() + atMost.toNanos();
    while (!actsFor(region)) {
      var left = (deadline - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return false;
      }
      wait(left);
    }
    return true;
  }

  @Override
  public synchronized void take(ConsumerRecord<String, byte[]> record) {
    lastReports.remove(record.key());
    if (record.value() != null) {
      var report = Json.read(record.value(), WorkerReport.class);
      var mark = recency.mark(report.at(), isNew(record));
      lastReports.put(record.key(), new Seen(report.regions(), report.draining(), mark));
    }
    if (lastReports.size() > AT_MOST) {
      lastReports.remove(lastReports.keySet().iterator().next());
    }
    notifyAll();
  }

  @Override
  public synchronized void clear() {
    lastReports.clear();
  }
}
