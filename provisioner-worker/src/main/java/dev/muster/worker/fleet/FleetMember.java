package dev.muster.worker.fleet;

import dev.muster.events.codec.Json;
import dev.muster.events.kafka.KafkaClients;
import dev.muster.events.kafka.Topics;
import dev.muster.events.worker.ShellAddress;
import dev.muster.events.worker.WorkerReport;
import dev.muster.ops.ready.Backoff;
import dev.muster.worker.clock.BrokerClock;
import dev.muster.worker.host.CordonedHosts;
import dev.muster.worker.inbox.InboxStatus;
import dev.muster.worker.inbox.RegionInbox;
import dev.muster.worker.report.Publisher;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** This worker as the others see it: its name, its reports, and whether it is told to drain. */
public final class FleetMember {

  private static final Logger log = LoggerFactory.getLogger(FleetMember.class);
  private static final long INTERVAL = Duration.ofSeconds(2).toNanos();
  private static final Duration LOOK = Duration.ofMillis(500);

  private final KafkaClients kafka;
  private final Publisher publisher;
  private final Incarnation self;
  private final List<RegionInbox> inboxes;
  private final Supplier<Optional<ShellAddress>> shell;
  private final BrokerClock clock;
  private final DrainOrders orders;
  private volatile boolean named;
  private volatile boolean draining;
  private volatile boolean stopping;
  private volatile List<RegionLag> lags = List.of();

  /**
   * @param cordoned hears the orders to hosts
   * @param shell where callers are let into instances, once they are
   */
  public FleetMember(
      KafkaClients kafka,
      Publisher publisher,
      Incarnation self,
      List<RegionInbox> inboxes,
      CordonedHosts cordoned,
      Supplier<Optional<ShellAddress>> shell,
      BrokerClock clock) {
    this.kafka = kafka;
    this.publisher = publisher;
    this.self = self;
    this.inboxes = List.copyOf(inboxes);
    this.shell = shell;
    this.clock = clock;
    this.orders =
        new DrainOrders(kafka, self.name(), cordoned, order -> draining(!order.resumes()));
  }

  /**
   * Returns when the name is this worker's alone; waits for a broker that is away.
   *
   * @throws NameInUseException when another live worker has it
   */
  public void takeName() throws InterruptedException {
    var claim = new NameClaim(kafka, self);
    var backoff = Backoff.steady(Duration.ofSeconds(2));
    while (!named) {
      try {
        claim.take(this::reportFirst);
        named = true;
      } catch (KafkaException e) {
        log.warn("the workers' reports cannot be read yet cause={}", String.valueOf(e));
        backoff.pause();
      }
    }
  }

  private void reportFirst() throws InterruptedException {
    orders.skipOlder();
    var sent = clock.own();
    measured(sent, publisher.publish(record(report(List.of()))));
  }

  // With the broker's time in it, which the topic is set to.
  private void measured(Instant sent, RecordMetadata taken) {
    if (taken.hasTimestamp()) {
      clock.heard(sent, clock.own(), Instant.ofEpochMilli(taken.timestamp()));
    }
  }

  /** Obeys orders, and passes on those to hosts, until {@link #stop}. */
  public void obey() throws InterruptedException {
    orders.run();
  }

  /**
   * Reports until {@link #stop}: every two seconds, and at once when the assignment or the way in
   * changes.
   */
  public void report() throws InterruptedException {
    var reported = "";
    long next = System.nanoTime();
    try (var backlog = new Backlog(kafka, self.name() + "-backlog", clock)) {
      while (!stopping) {
        var holdings = inboxes.stream().map(RegionInbox::holding).toList();
        var state = draining + " " + partitions(holdings) + " " + shell.get();
        if (System.nanoTime() - next >= 0 || !state.equals(reported)) {
          next = System.nanoTime() + INTERVAL;
          reported = state;
          lags = backlog.measure(holdings);
          var sent = clock.own();
          publisher.offer(record(report(holdings)), taken -> measured(sent, taken));
        }
        Thread.sleep(LOOK);
      }
    }
  }

  // While it drains the hosts stay watched, since nobody else may reach them.
  private void draining(boolean wanted) {
    if (draining == wanted) {
      return;
    }
    draining = wanted;
    if (wanted) {
      log.info("draining: finishes what it has and takes nothing new worker={}", self.name());
      inboxes.forEach(RegionInbox::drain);
    } else {
      log.info("resumed: takes work again worker={}", self.name());
      inboxes.forEach(RegionInbox::resume);
    }
  }

  /** What keeps it from saying what it does; empty when nothing does. */
  public Optional<String> reportsRefused() {
    return publisher.refusal();
  }

  public boolean draining() {
    return draining;
  }

  /** How far it is behind in each region, as of its last report. */
  public List<RegionLag> lags() {
    return lags;
  }

  /** Tasks that were taken and not yet reported on. */
  public int tasksInHand() {
    return inboxes.stream().mapToInt(inbox -> inbox.holding().tasks()).sum();
  }

  /** Makes {@link #obey} and {@link #report} return. */
  public void stop() {
    stopping = true;
    orders.stop();
  }

  /** Takes the reports back, once nothing reports any more. */
  @SuppressWarnings("NullAway") // a tombstone is a record without a value
  public void leave() {
    if (named) {
      publisher.offer(new ProducerRecord<>(Topics.WORKERS, self.name(), null));
    }
  }

  private ProducerRecord<String, byte[]> record(WorkerReport report) {
    var now = clock.own().toEpochMilli();
    return new ProducerRecord<>(Topics.WORKERS, null, now, self.name(), Json.write(report));
  }

  private WorkerReport report(List<InboxStatus> holdings) {
    var current = lags;
    return new WorkerReport(
        self.name(),
        self.id(),
        self.version(),
        inboxes.stream().map(RegionInbox::region).toList(),
        partitions(holdings),
        holdings.stream().mapToInt(InboxStatus::tasks).sum(),
        current.stream().mapToLong(RegionLag::events).sum(),
        current.stream().mapToDouble(RegionLag::seconds).max().orElse(0),
        draining,
        shell.get().orElse(null),
        self.startedAt(),
        clock.instant().truncatedTo(ChronoUnit.MICROS),
        clock.skew().toMillis());
  }

  private static int partitions(List<InboxStatus> holdings) {
    return holdings.stream().mapToInt(holding -> holding.partitions().size()).sum();
  }
}
