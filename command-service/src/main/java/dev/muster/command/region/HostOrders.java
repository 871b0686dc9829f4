package dev.muster.command.region;

import dev.muster.command.topic.BrokerUnavailableException;
import dev.muster.command.topic.BrokerWatch;
import dev.muster.command.topic.TopicWriter;
import dev.muster.events.codec.Json;
import dev.muster.events.host.HostOrder;
import dev.muster.events.kafka.Topics;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.springframework.stereotype.Component;

/** What hosts are to do, for the workers that reach them. */
@Component
public final class HostOrders {

  private final Regions regions;
  private final TopicWriter writer;
  private final BrokerWatch broker;

  HostOrders(Regions regions, TopicWriter writer, BrokerWatch broker) {
    this.regions = regions;
    this.writer = writer;
    this.broker = broker;
  }

  /**
   * Whether a worker has announced a host of that name within ten minutes.
   *
   * @throws BrokerUnavailableException when the broker is away
   */
  public boolean hasHost(String name) {
    broker.requireAnswer();
    if (!regions.isKnown()) {
      throw new BrokerUnavailableException("the hosts have not been read yet", null);
    }
    return regions.hasHost(name);
  }

  /**
   * Gives the host its order.
   *
   * @throws BrokerUnavailableException when the broker is away
   */
  public void give(HostOrder order) {
    writer.write(new ProducerRecord<>(Topics.WORKER_ORDERS, order.key(), Json.write(order)));
  }
}
