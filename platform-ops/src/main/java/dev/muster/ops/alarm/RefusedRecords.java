package dev.muster.ops.alarm;

import dev.muster.ops.log.LogThrottle;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts records that the platform did not write: somebody else writes to its broker. The alarm
 * stays up for as long as the process runs.
 */
public final class RefusedRecords implements Alarm {

  private static final Logger log = LoggerFactory.getLogger(RefusedRecords.class);
  private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);

  private final Map<String, LongAdder> counts = new ConcurrentSkipListMap<>();
  private final Map<String, LogThrottle> lines = new ConcurrentHashMap<>();

  /** Each reader that meets such a record tells of it. */
  public void refused(String topic, int partition, long offset, String why) {
    counts.computeIfAbsent(topic, _ -> new LongAdder()).increment();
    lines
        .computeIfAbsent(topic, _ -> new LogThrottle(BETWEEN_LINES))
        .write(
            suppressed ->
                log.error(
                    "record_refused topic={} partition={} offset={} why=\"{}\" suppressed={}: the"
                        + " platform did not write it; who else can write to the broker?",
                    topic,
                    partition,
                    offset,
                    why,
                    suppressed));
  }

  /** Shows how many were refused of each of these topics. */
  public void bindTo(MeterRegistry registry, Collection<String> topics) {
    for (var topic : topics) {
      FunctionCounter.builder("muster.records.refused", this, it -> it.count(topic))
          .description("Records left out because the platform did not write them")
          .tag("topic", topic)
          .register(registry);
    }
  }

  public long count(String topic) {
    var count = counts.get(topic);
    return count == null ? 0 : count.sum();
  }

  @Override
  public String part() {
    return "refused records";
  }

  @Override
  public Optional<String> raised() {
    return counts.isEmpty()
        ? Optional.empty()
        : Optional.of(
            counts.entrySet().stream()
                .map(count -> "%d of %s".formatted(count.getValue().sum(), count.getKey()))
                .collect(
                    Collectors.joining(
                        ", ", "", ": the platform did not write them; see docs/security.md")));
  }
}
