package dev.muster.worker.watch;

import dev.muster.events.codec.HealthRecords;
import dev.muster.events.health.HealthSample;
import dev.muster.events.health.HostHeartbeat;
import dev.muster.worker.host.Host;
import dev.muster.worker.report.Publisher;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Sends how the instances of a host are: those that changed, and one heartbeat for all of them. */
final class HostHealth {

  /** Of one core, in percent: a smaller difference is no news. */
  private static final double CPU_STEP = 1;

  /** Whoever has not looked for so long does not know what another worker has sent meanwhile. */
  private static final long GAP = Duration.ofSeconds(5).toNanos();

  private final Host host;
  private final Publisher publisher;
  private final long interval;

  /** By instance id, the newest that the broker has. */
  private final Map<String, HealthSample> sent = new ConcurrentHashMap<>();

  private Instant since = Instant.now();
  private Instant lookedAt = since;
  private long lookedNanos = System.nanoTime();
  private long next = lookedNanos;
  private long heartbeatFrom;

  HostHealth(Host host, Publisher publisher, Duration interval) {
    this.host = host;
    this.publisher = publisher;
    this.interval = interval.toNanos();
    this.heartbeatFrom = next + this.interval;
  }

  /**
   * One look at a time.
   *
   * @param alive the run of each live instance, by instance id
   */
  void look(Map<String, String> alive) {
    var now = System.nanoTime();
    if (now - lookedNanos > GAP) {
      begin();
    }
    lookedNanos = now;
    endOf(alive);
    lookedAt = Instant.now();
    if (now - next >= 0) {
      next = now + interval;
      sample(alive.keySet());
      if (!alive.isEmpty() && now - heartbeatFrom >= 0) {
        publisher.offer(HealthRecords.write(new HostHeartbeat(host.name(), since, lookedAt)));
      }
    } else {
      sample(newRuns(alive));
    }
  }

  private void begin() {
    sent.clear();
    since = Instant.now();
    next = System.nanoTime();
    // A heartbeat that is read before the first samples would count for none of the instances.
    heartbeatFrom = next + interval;
  }

  /** Heartbeats count no longer for what is not alive any more. */
  private void endOf(Map<String, String> alive) {
    for (var last : sent.values()) {
      if (!alive.containsKey(last.instanceId())) {
        sent.remove(last.instanceId());
        publisher.offer(HealthRecords.write(last.seenAgain(lookedAt).withHost(null)));
      }
    }
  }

  // The first sample of a run does not wait for the interval: somebody is looking at it now.
  private List<String> newRuns(Map<String, String> alive) {
    var found = new ArrayList<String>();
    alive.forEach(
        (instanceId, runId) -> {
          var newest = sent.get(instanceId);
          if (newest == null || !newest.runId().equals(runId)) {
            found.add(instanceId);
          }
        });
    return found;
  }

  private void sample(Collection<String> instanceIds) {
    if (instanceIds.isEmpty()) {
      return;
    }
    for (var sample : host.driver().sample(Set.copyOf(instanceIds))) {
      if (isNews(sample)) {
        var told = sample.withHost(host.name());
        publisher.offer(HealthRecords.write(told), _ -> sent.put(told.instanceId(), told));
      }
    }
  }

  private boolean isNews(HealthSample sample) {
    var before = sent.get(sample.instanceId());
    return before == null
        || before.lastHeartbeat().isBefore(since)
        || !before.runId().equals(sample.runId())
        || before.memoryMb() != sample.memoryMb()
        || before.diskMb() != sample.diskMb()
        || Math.abs(before.cpuPercent() - sample.cpuPercent()) >= CPU_STEP;
  }
}
