package dev.muster.worker.watch;

import dev.muster.events.codec.HealthRecords;
import dev.muster.events.health.HealthSample;
import dev.muster.events.health.HostHeartbeat;
import dev.muster.worker.host.Host;
import dev.muster.worker.report.Publisher;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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

  /** By instance id, of the newest that the broker has. */
  private final Map<String, Sent> sent = new ConcurrentHashMap<>();

  private Instant since = Instant.now();
  private Instant lookedAt = since;
  private long lookedNanos = System.nanoTime();
  private long next = lookedNanos;
  private long heartbeatFrom;

  /** What the next sample is compared with. There is one for each live instance. */
  private record Sent(
      String runId, double cpuPercent, int memoryMb, int diskMb, long micros, int uptimeSecs) {

    static Sent of(HealthSample sample) {
      return new Sent(
          sample.runId(),
          sample.cpuPercent(),
          (int) sample.memoryMb(),
          (int) sample.diskMb(),
          ChronoUnit.MICROS.between(Instant.EPOCH, sample.lastHeartbeat()),
          (int) sample.uptimeSecs());
    }

    HealthSample of(String instanceId) {
      return new HealthSample(
          instanceId, runId, cpuPercent, memoryMb, diskMb, seenAt(), uptimeSecs);
    }

    Instant seenAt() {
      return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
  }

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
    sent.forEach(
        (instanceId, last) -> {
          if (!alive.containsKey(instanceId)) {
            sent.remove(instanceId);
            publisher.offer(HealthRecords.write(last.of(instanceId).seenAgain(lookedAt)));
          }
        });
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
        publisher.offer(HealthRecords.write(told), _ -> sent.put(told.instanceId(), Sent.of(told)));
      }
    }
  }

  private boolean isNews(HealthSample sample) {
    var before = sent.get(sample.instanceId());
    return before == null
        || before.seenAt().isBefore(since)
        || !before.runId().equals(sample.runId())
        || before.memoryMb() != sample.memoryMb()
        || before.diskMb() != sample.diskMb()
        || Math.abs(before.cpuPercent() - sample.cpuPercent()) >= CPU_STEP;
  }
}
