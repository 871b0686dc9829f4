package dev.muster.worker;

import dev.muster.events.kafka.KafkaClients;
import dev.muster.events.kafka.Topics;
import dev.muster.worker.host.HostAnnouncer;
import dev.muster.worker.inbox.RegionInbox;
import dev.muster.worker.watch.RegionWatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Starts and stops the worker's threads. Starting does not wait for the broker; stopping finishes
 * the tasks in hand, within ten seconds, and leaves every instance as it is.
 */
final class WorkerLifecycle implements SmartLifecycle, Readiness {

  private static final Logger log = LoggerFactory.getLogger(WorkerLifecycle.class);
  private static final Duration STOPPING = Duration.ofSeconds(15);

  private final KafkaClients kafka;
  private final HostAnnouncer announcer;
  private final List<RegionInbox> inboxes;
  private final List<RegionWatch> watches;
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean running;

  WorkerLifecycle(
      KafkaClients kafka,
      HostAnnouncer announcer,
      List<RegionInbox> inboxes,
      List<RegionWatch> watches) {
    this.kafka = kafka;
    this.announcer = announcer;
    this.inboxes = inboxes;
    this.watches = watches;
  }

  @Override
  public String part() {
    return "worker";
  }

  @Override
  public Optional<String> missing() {
    if (!announcer.announced()) {
      return Optional.of("the hosts are not announced yet");
    }
    var joined =
        inboxes.stream().allMatch(RegionInbox::joined)
            && watches.stream().allMatch(RegionWatch::joined);
    return joined ? Optional.empty() : Optional.of("the worker has not joined its groups yet");
  }

  @Override
  public synchronized void start() {
    running = true;
    // One that stays keeps the JVM of a worker alive; the rest begins when the topics are there.
    begin("worker-start", this::begin);
  }

  private void begin() throws InterruptedException {
    createTopics();
    synchronized (this) {
      if (!running) {
        return;
      }
      inboxes.forEach(inbox -> begin("worker-inbox", inbox::run));
      watches.forEach(watch -> begin("worker-watch", watch::run));
    }
    announcer.run();
  }

  private void createTopics() throws InterruptedException {
    for (int pause = 200; ; pause = Math.min(2 * pause, 5_000)) {
      try (var admin = kafka.admin("worker-topics")) {
        var settings = kafka.settings();
        Topics.create(admin, settings.partitions(), settings.replication());
        return;
      } catch (ExecutionException | KafkaException e) {
        log.warn(
            "the broker is not ready, check that it is up servers={} cause={}",
            kafka.settings().bootstrapServers(),
            String.valueOf(e.getCause() == null ? e : e.getCause()));
      }
      Thread.sleep(Duration.ofMillis(ThreadLocalRandom.current().nextInt(pause) + pause / 2));
    }
  }

  private synchronized void begin(String name, Work work) {
    threads.add(Thread.ofPlatform().name(name).start(() -> run(work)));
  }

  private static void run(Work work) {
    try {
      work.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void stop() {
    var waitedFor = stopping();
    try {
      var deadline = System.nanoTime() + STOPPING.toNanos();
      for (var thread : waitedFor) {
        thread.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized List<Thread> stopping() {
    running = false;
    inboxes.forEach(RegionInbox::stop);
    watches.forEach(RegionWatch::stop);
    // The first is the announcer's, and has nothing to finish.
    threads.stream().limit(1).forEach(Thread::interrupt);
    var waitedFor = List.copyOf(threads);
    threads.clear();
    return waitedFor;
  }

  /** Instances do not wait while a context rests. */
  @Override
  public boolean isPauseable() {
    return false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @FunctionalInterface
  private interface Work {
    void run() throws InterruptedException;
  }
}
