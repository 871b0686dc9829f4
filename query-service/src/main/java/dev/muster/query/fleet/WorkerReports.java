package dev.muster.query.fleet;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.muster.events.codec.Json;
import dev.muster.events.kafka.Topics;
import dev.muster.events.worker.WorkerReport;
import dev.muster.kafka.topic.CompactedTopicTable;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.springframework.stereotype.Component;

/** What the workers last said of themselves. */
@Component
public final class WorkerReports implements CompactedTopicTable {

  /** Workers report every few seconds; one that has missed several is taken for dead. */
  private static final Duration ALIVE = Duration.ofSeconds(10);

  private static final Duration REMEMBERED = Duration.ofMinutes(10);

  /** Names may be made up at every start: those that reported last are kept. */
  private final Cache<String, WorkerReport> reports =
      Caffeine.newBuilder().maximumSize(10_000).build();

  /** Those that reported within ten minutes, by name. */
  public List<WorkerReport> seen(Instant now) {
    var oldest = now.minus(REMEMBERED);
    return reports.asMap().values().stream()
        .filter(report -> report.at().isAfter(oldest))
        .sorted(Comparator.comparing(WorkerReport::name))
        .toList();
  }

  /** Whether the worker reported within ten seconds, by the broker's clock. */
  public static boolean isAlive(WorkerReport report, Instant now) {
    return report.at().isAfter(now.minus(ALIVE));
  }

  /** Those of that region that are alive. */
  public List<WorkerReport> alive(String region, Instant now) {
    return seen(now).stream()
        .filter(report -> isAlive(report, now) && report.regions().contains(region))
        .toList();
  }

  @Override
  public String topic() {
    return Topics.WORKERS;
  }

  @Override
  public void put(String key, byte[] value, long offset) {
    reports.put(key, Json.read(value, WorkerReport.class));
  }

  @Override
  public void remove(String key) {
    reports.invalidate(key);
  }

  @Override
  public void clear() {
    reports.invalidateAll();
  }
}
