package dev.muster.worker.watch;

import dev.muster.events.kafka.KafkaClients;
import dev.muster.events.kafka.Topics;
import dev.muster.ops.ready.Backoff;
import dev.muster.worker.host.Host;
import dev.muster.worker.host.HostDirectory;
import dev.muster.worker.logs.LogCollector;
import dev.muster.worker.logs.LogCounter;
import dev.muster.worker.logs.LogSender;
import dev.muster.worker.report.OutcomeReporter;
import dev.muster.worker.report.Publisher;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the hosts of one region, each by one worker at a time. The lease on a host is the
 * partition of {@link Topics#HOSTS} that its announcements are in: Kafka gives each partition to
 * one member of the group, and takes it away from one that is gone.
 */
public final class RegionWatch implements Runnable {

  private static final Logger log = LoggerFactory.getLogger(RegionWatch.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final long INTERVAL = Duration.ofSeconds(1).toNanos();
  // What is due so soon is done now: both looks at a host come together, and it can rest after.
  private static final long SOON = POLL.toNanos();

  private final KafkaClients kafka;
  private final String region;
  private final String worker;
  private final Map<String, Watched> hosts = new HashMap<>();
  private final Backoff backoff = Backoff.steady(Duration.ofSeconds(2));
  private volatile boolean stopping;
  private volatile boolean joined;

  private record Watched(
      HostWatch watch,
      AtomicBoolean busy,
      AtomicBoolean reconciling,
      LogCollector logs,
      AtomicBoolean collecting) {}

  public RegionWatch(
      KafkaClients kafka,
      String region,
      String worker,
      HostDirectory hosts,
      OutcomeReporter reporter,
      Publisher publisher,
      LogSender logs,
      LogCounter logCounter,
      Duration healthInterval) {
    this.kafka = kafka;
    this.region = region;
    this.worker = worker;
    for (Host host : hosts.in(region)) {
      var watch = new HostWatch(host, reporter, publisher, healthInterval);
      var collector = new LogCollector(host, logs, logCounter);
      this.hosts.put(
          host.name(),
          new Watched(
              watch, new AtomicBoolean(), new AtomicBoolean(), collector, new AtomicBoolean()));
    }
  }

  /** Whether it is a member of its group. */
  public boolean joined() {
    return joined;
  }

  /** Watches until {@link #stop}; a broker that goes away is waited for. */
  @Override
  public void run() {
    var looks = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("watch-", 0).factory());
    try {
      while (!stopping) {
        try {
          watch(looks);
        } catch (KafkaException | IllegalStateException e) {
          log.error("the watch lost its broker and joins again region={}", region, e);
          pause();
        }
      }
    } finally {
      looks.shutdownNow();
    }
  }

  /** Makes {@link #run} give the leases up. */
  public void stop() {
    stopping = true;
  }

  private void watch(ExecutorService looks) {
    var member = kafka.groupConsumer("watch-" + region, worker + "-watch-" + region);
    try {
      var leases = new Leases(member);
      member.subscribe(List.of(Topics.HOSTS), leases);
      long next = System.nanoTime();
      while (!stopping) {
        leases.learn(member.poll(patience(leases.held(), next)));
        joined = member.groupMetadata().generationId() > 0;
        leases.held().forEach(host -> collect(host, looks));
        if (next - System.nanoTime() <= SOON) {
          next = System.nanoTime() + INTERVAL;
          leases.held().forEach(host -> look(host, looks));
        }
      }
    } finally {
      joined = false;
      member.close();
    }
  }

  private void look(String host, ExecutorService looks) {
    var watched = hosts.get(host);
    if (watched != null) {
      alone(host, watched.busy(), watched.watch()::look, looks);
      if (watched.watch().isReconcileDue()) {
        alone(host, watched.reconciling(), watched.watch()::reconcile, looks);
      }
    }
  }

  /** Until something is due, and at least {@link #POLL}. */
  private Duration patience(Collection<String> held, long next) {
    var first = next - System.nanoTime();
    for (var host : held) {
      var watched = hosts.get(host);
      first = watched == null ? first : Math.min(first, watched.logs().dueIn());
    }
    return Duration.ofNanos(Math.max(first, POLL.toNanos()));
  }

  private void collect(String host, ExecutorService looks) {
    var watched = hosts.get(host);
    if (watched != null && watched.logs().dueIn() <= SOON) {
      alone(host, watched.collecting(), watched.logs()::look, looks);
    }
  }

  @FunctionalInterface
  private interface Look {
    void now() throws InterruptedException;
  }

  /** On a thread of its own, since a host may be slow; a host that is slower is left alone. */
  private static void alone(String host, AtomicBoolean busy, Look look, ExecutorService looks) {
    if (!busy.compareAndSet(false, true)) {
      return;
    }
    looks.execute(
        () -> {
          try {
            look.now();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          } catch (RuntimeException | Error e) {
            log.error("a look at a host failed, the next may do better host={}", host, e);
          } finally {
            busy.set(false);
          }
        });
  }

  private void pause() {
    try {
      backoff.pause();
    } catch (InterruptedException e) {
      stopping = true;
    }
  }
}
