package dev.muster.kafka.projection;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * What monitoring sees of a feed. The lag is that of the partitions this replica holds; summed over
 * all replicas it is the group's.
 */
final class FeedMeters {

  private final Counter projected;

  FeedMeters(MeterRegistry registry, String topic, FeedLag lag) {
    Gauge.builder("muster.projection.lag.events", lag, FeedLag::events)
        .description("Records in the topic that are not yet in the read store")
        .tag("topic", topic)
        .register(registry);
    Gauge.builder("muster.projection.lag.seconds", lag, FeedLag::seconds)
        .description("How long the oldest of them has waited")
        .tag("topic", topic)
        .register(registry);
    projected =
        Counter.builder("muster.projection.events")
            .description("Records written to the read store")
            .tag("topic", topic)
            .register(registry);
  }

  void projected(int records) {
    projected.increment(records);
  }
}
