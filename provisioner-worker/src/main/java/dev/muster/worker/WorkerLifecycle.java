package dev.muster.worker;

import dev.muster.events.kafka.UnsuitableTopicsException;
import dev.muster.ops.ready.ReadinessCheck;
import dev.muster.worker.fleet.FleetMember;
import dev.muster.worker.fleet.NameInUseException;
import dev.muster.worker.host.HostAnnouncer;
import dev.muster.worker.inbox.RegionInbox;
import dev.muster.worker.ssh.SshGateway;
import dev.muster.worker.watch.RegionWatch;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;

/**
 * Starts and stops the worker's threads. Starting does not wait for the broker; stopping finishes
 * the tasks in hand, within seconds, and leaves every instance as it is.
 */
final class WorkerLifecycle implements SmartLifecycle, ReadinessCheck {

  private static final Logger log = LoggerFactory.getLogger(WorkerLifecycle.class);
  private static final Duration LOOK = Duration.ofMillis(200);
  private static final Duration STOPPING = Duration.ofSeconds(6);

  private final WorkerTopics topics;
  private final FleetMember fleet;
  private final HostAnnouncer announcer;
  private final List<RegionInbox> inboxes;
  private final List<RegionWatch> watches;
  private final SshGateway gateway;
  private final ApplicationEventPublisher events;
  private final WorkerThreads threads = new WorkerThreads();
  private volatile @Nullable Thread starting;
  private volatile @Nullable Thread announcing;
  private volatile @Nullable String problem;
  private volatile boolean running;

  WorkerLifecycle(
      WorkerTopics topics,
      FleetMember fleet,
      HostAnnouncer announcer,
      List<RegionInbox> inboxes,
      List<RegionWatch> watches,
      SshGateway gateway,
      ApplicationEventPublisher events) {
    this.topics = topics;
    this.fleet = fleet;
    this.announcer = announcer;
    this.inboxes = inboxes;
    this.watches = watches;
    this.gateway = gateway;
    this.events = events;
  }

  @Override
  public String part() {
    return "worker";
  }

  @Override
  public Optional<String> missing() {
    if (problem != null) {
      return Optional.ofNullable(problem);
    }
    var down = threads.down();
    if (!down.isEmpty()) {
      return Optional.of("failed and begin again: " + String.join(", ", down));
    }
    if (!announcer.announced()) {
      return Optional.of("the hosts are not announced yet");
    }
    var joined =
        (fleet.draining() || inboxes.stream().allMatch(RegionInbox::joined))
            && watches.stream().allMatch(RegionWatch::joined);
    return joined
        ? fleet.reportsRefused()
        : Optional.of("the worker has not joined its groups yet");
  }

  @Override
  public void start() {
    running = true;
    // The rest begins when the topics are there; those threads keep the JVM of a worker alive.
    starting = threads.begin("worker-start", this::begin);
  }

  private void begin() throws InterruptedException {
    try {
      topics.await();
      fleet.takeName();
    } catch (UnsuitableTopicsException | NameInUseException e) {
      cannotStart(String.valueOf(e.getMessage()));
      return;
    }
    inboxes.forEach(inbox -> threads.begin("worker-inbox", inbox::run));
    watches.forEach(watch -> threads.begin("worker-watch", watch::run));
    threads.begin("worker-orders", fleet::obey);
    threads.begin("worker-reports", fleet::report);
    threads.begin("worker-shells", this::letIn);
    // Its own thread, since what was begun here must not begin again when it fails.
    announcing = threads.begin("worker-hosts", announcer::run);
  }

  /** How often one of the worker's threads has failed. */
  long threadFailures() {
    return threads.failures();
  }

  // It takes a second of a core, which the start of everything else needs more.
  private void letIn() throws InterruptedException {
    while (running && missing().isPresent()) {
      Thread.sleep(LOOK);
    }
    if (running) {
      gateway.run();
    }
  }

  private void cannotStart(String why) {
    problem = why;
    log.error("the worker cannot start: {}", why);
    events.publishEvent(new WorkerCannotStart(why));
  }

  @Override
  public void stop() {
    running = false;
    threads.end();
    gateway.stop();
    inboxes.forEach(RegionInbox::stop);
    watches.forEach(RegionWatch::stop);
    fleet.stop();
    interrupt(starting);
    // It has nothing to finish.
    interrupt(announcing);
    threads.join(STOPPING);
    fleet.leave();
  }

  private static void interrupt(@Nullable Thread thread) {
    if (thread != null) {
      thread.interrupt();
    }
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
}
