package dev.muster.worker.host;

import dev.muster.events.codec.Json;
import dev.muster.events.host.HostOrder;
import dev.muster.events.kafka.Topics;
import dev.muster.kafka.topic.CompactedTopicTable;
import dev.muster.worker.driver.HostFaultException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The hosts that are to get no new instances, by the orders that workers hear. */
public final class CordonedHosts implements CompactedTopicTable {

  private static final Logger log = LoggerFactory.getLogger(CordonedHosts.class);

  private final Map<String, HostOrder> orders = new HashMap<>();
  private boolean known;
  private long changes;

  /**
   * Whether that host gets no new instances.
   *
   * @throws HostFaultException as long as nobody knows
   */
  public synchronized boolean isCordoned(String host) {
    if (!known) {
      throw new HostFaultException("it is not known yet which hosts are cordoned");
    }
    return orders.containsKey(host);
  }

  /** Waits until {@link #isCordoned} has an answer. */
  synchronized void awaitKnown() throws InterruptedException {
    while (!known) {
      wait();
    }
  }

  /** How often something has changed. */
  synchronized long changes() {
    return changes;
  }

  /** Waits until something changes after so many changes, but no longer than that. */
  synchronized void awaitChange(long seen, Duration atMost) throws InterruptedException {
    var deadline = System.nanoTime() + atMost.toNanos();
    while (changes == seen) {
      var left = (deadline - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return;
      }
      wait(left);
    }
  }

  @Override
  public String topic() {
    return Topics.WORKER_ORDERS;
  }

  @Override
  public synchronized void put(String key, byte[] value, long offset) {
    if (!HostOrder.isKey(key)) {
      return;
    }
    var order = Json.read(value, HostOrder.class);
    if (order.cordoned()) {
      orders.put(order.host(), order);
    } else {
      orders.remove(order.host());
    }
    if (known) {
      log.info(
          "a host was {} host={} by={}",
          order.cordoned() ? "cordoned" : "uncordoned",
          order.host(),
          order.requestedBy());
    }
    changed();
  }

  @Override
  public synchronized void remove(String key) {
    if (orders.values().removeIf(order -> order.key().equals(key))) {
      changed();
    }
  }

  @Override
  public synchronized void caughtUp() {
    known = true;
    changed();
  }

  @Override
  public synchronized void clear() {
    orders.clear();
    changed();
  }

  private void changed() {
    changes++;
    notifyAll();
  }
}
