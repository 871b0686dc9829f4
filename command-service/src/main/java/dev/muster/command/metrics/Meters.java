package dev.muster.command.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Numbers for operators. Where the application has no registry, they go nowhere. */
@Component
public final class Meters {

  private final MeterRegistry registry;

  Meters(ObjectProvider<MeterRegistry> registry) {
    this.registry = registry.getIfAvailable(CompositeMeterRegistry::new);
  }

  /**
   * Counts one more.
   *
   * @param tags names and values in turn
   */
  public void count(String name, String... tags) {
    registry.counter(name, tags).increment();
  }

  /** Takes how many there are in each batch. */
  public IntConsumer sizes(String name) {
    var summary = registry.summary(name);
    return summary::record;
  }

  /** Shows the number that is true when somebody looks. */
  public void gauge(String name, String description, Supplier<Number> now) {
    Gauge.builder(name, now).description(description).strongReference(true).register(registry);
  }
}
