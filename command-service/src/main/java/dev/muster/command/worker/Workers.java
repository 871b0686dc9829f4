package dev.muster.command.worker;

import dev.muster.command.topic.BrokerUnavailableException;
import dev.muster.command.topic.BrokerWatch;
import dev.muster.command.topic.TopicWriter;
import dev.muster.command.topic.WholeTopic;
import dev.muster.events.codec.Json;
import dev.muster.events.kafka.KafkaClients;
import dev.muster.events.kafka.Topics;
import dev.muster.events.worker.DrainOrder;
import dev.muster.events.worker.WorkerReport;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.springframework.stereotype.Component;

/** The workers that have reported themselves; the last ten thousand names are known. */
@Component
public final class Workers extends WholeTopic {

  private static final Duration ALIVE = Duration.ofSeconds(30);
  private static final int AT_MOST = 10_000;

  private final TopicWriter writer;
  private final BrokerWatch broker;
  private final Clock clock;
  private final Map<String, Instant> lastReports = new LinkedHashMap<>();

  Workers(KafkaClients kafka, TopicWriter writer, BrokerWatch broker, Clock clock) {
    super(kafka, Topics.WORKERS, "worker-reader");
    this.writer = writer;
    this.broker = broker;
    this.clock = clock;
  }

  /**
   * Gives the worker its order.
   *
   * @throws BrokerUnavailableException when the broker is away
   */
  public void drain(DrainOrder order) {
    writer.write(new ProducerRecord<>(Topics.WORKER_ORDERS, order.worker(), Json.write(order)));
  }

  /**
   * Whether a worker of that name has reported within the last 30 seconds.
   *
   * @throws BrokerUnavailableException when the broker is away
   */
  public boolean isAlive(String name) {
    broker.requireAnswer();
    return isAlive(name, clock.instant());
  }

  @Override
  protected synchronized void take(ConsumerRecord<String, byte[]> record) {
    lastReports.remove(record.key());
    if (record.value() != null) {
      lastReports.put(record.key(), Json.read(record.value(), WorkerReport.class).at());
    }
    if (lastReports.size() > AT_MOST) {
      lastReports.remove(lastReports.keySet().iterator().next());
    }
  }

  private synchronized boolean isAlive(String name, Instant now) {
    if (!isCaughtUp()) {
      throw new BrokerUnavailableException("the workers' reports have not been read yet", null);
    }
    var last = lastReports.get(name);
    return last != null && last.plus(ALIVE).isAfter(now);
  }
}
