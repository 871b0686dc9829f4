package dev.muster.command;

import dev.muster.events.codec.EventCodec;
import dev.muster.events.codec.EventRecords;
import dev.muster.events.codec.Json;
import dev.muster.events.codec.OutcomeRecords;
import dev.muster.events.envelope.RecordedEvent;
import dev.muster.events.host.HostAnnouncement;
import dev.muster.events.instance.Ids;
import dev.muster.events.instance.InstanceEvent.Requested;
import dev.muster.events.instance.Limits;
import dev.muster.events.kafka.KafkaClients;
import dev.muster.events.kafka.KafkaSettings;
import dev.muster.events.kafka.TestKafka;
import dev.muster.events.kafka.Topics;
import dev.muster.events.outcome.Outcome;
import dev.muster.events.outcome.Outcome.OperationRefused;
import dev.muster.events.outcome.Outcome.OperationSucceeded;
import dev.muster.events.progress.ProjectionProgress;
import dev.muster.events.worker.WorkerReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Stands for workers and the read side, as far as they can be told from the topics. */
final class RestOfThePlatform implements AutoCloseable {

  enum Hosts {
    OBEY,
    REFUSE,
    SAY_NOTHING
  }

  private static final Duration POLL = Duration.ofMillis(50);

  private final KafkaClients kafka;
  private final EventCodec codec = new EventCodec();
  private final Producer<String, byte[]> producer;
  private final List<RecordedEvent> seen = new CopyOnWriteArrayList<>();
  private final Thread thread;
  private volatile boolean running = true;
  private volatile Hosts hosts = Hosts.OBEY;
  private volatile boolean readSideUp = true;
  private volatile boolean draining;
  private final Set<String> regions = new ConcurrentSkipListSet<>();
  private long nextReport = System.nanoTime();

  private RestOfThePlatform(KafkaClients kafka) {
    this.kafka = kafka;
    this.producer = kafka.producer("test");
    this.thread = Thread.ofPlatform().name("rest-of-the-platform").unstarted(this::follow);
  }

  /** Makes the topics, and announces one host of the region us-east-1. */
  static RestOfThePlatform start(String bootstrap) throws Exception {
    var kafka = TestKafka.clients(KafkaSettings.of(bootstrap, 8));
    try (var admin = kafka.admin("test")) {
      Topics.create(admin, 8, (short) 1);
    }
    var rest = new RestOfThePlatform(kafka);
    rest.announce("local", "us-east-1");
    rest.thread.start();
    return rest;
  }

  void hosts(Hosts behaviour) {
    hosts = behaviour;
  }

  void readSideUp(boolean up) {
    readSideUp = up;
  }

  /** What was published so far. */
  List<RecordedEvent> seen() {
    return List.copyOf(seen);
  }

  /** Whether anything was published of the instance. */
  boolean knows(String instanceId) {
    return seen.stream().anyMatch(event -> event.subject().equals(instanceId));
  }

  /** The operation that the newest request of the instance began. */
  String operationOf(String instanceId) {
    return seen.stream()
        .filter(event -> event.subject().equals(instanceId))
        .map(event -> codec.decode(event.encoded()))
        .filter(Requested.class::isInstance)
        .map(event -> ((Requested) event).operationId())
        .reduce((_, newer) -> newer)
        .orElseThrow();
  }

  /** Whether the one worker takes nothing new. */
  void draining(boolean now) {
    draining = now;
    report();
  }

  /** Announces a host of a region, which the one worker acts for from now on. */
  void announce(String host, String region) {
    announce(host, region, null, Instant.now());
    regions.add(region);
    report();
  }

  void announce(String host, String region, @Nullable List<String> capabilities, Instant at) {
    announce(new HostAnnouncement(host, region, "simulated", 100, "worker-1", at, capabilities));
  }

  void announce(String host, String region, Limits maximum) {
    var now = Instant.now();
    announce(
        new HostAnnouncement(
            host, region, "simulated", 100, "worker-1", now, null, null, maximum, null));
  }

  private void announce(HostAnnouncement announcement) {
    producer.send(
        new ProducerRecord<>(Topics.HOSTS, announcement.name(), Json.write(announcement)));
    producer.flush();
  }

  private void report() {
    var now = Instant.now();
    var report =
        new WorkerReport(
            "worker-1",
            "i1",
            "dev",
            List.copyOf(regions),
            8,
            0,
            0,
            0,
            draining,
            null,
            now,
            now,
            null);
    producer.send(new ProducerRecord<>(Topics.WORKERS, "worker-1", Json.write(report)));
  }

  void report(Outcome outcome) {
    producer.send(OutcomeRecords.write(outcome));
    producer.flush();
  }

  /** Says that the host did what this event asks for. */
  void reportDone(RecordedEvent request) {
    report(done((Requested) codec.decode(request.encoded())));
  }

  /** Says that the host did what was asked of the instance last. */
  void reportNewestDone(String instanceId) {
    seen.stream()
        .filter(event -> event.subject().equals(instanceId))
        .filter(event -> codec.decode(event.encoded()) instanceof Requested)
        .reduce((_, newer) -> newer)
        .ifPresent(this::reportDone);
  }

  void reportNonsense(String instanceId) {
    reportNonsense(instanceId, new byte[] {1, 2});
  }

  void reportNonsense(String instanceId, byte[] nonsense) {
    producer.send(new ProducerRecord<>(Topics.PROVISIONING_OUTCOMES, instanceId, nonsense));
    producer.flush();
  }

  @Override
  public void close() throws InterruptedException {
    running = false;
    thread.join();
    producer.close();
  }

  private void follow() {
    try (var reader = kafka.reader("test")) {
      var partitions =
          reader.partitionsFor(Topics.INSTANCE_EVENTS).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      reader.assign(partitions);
      reader.seekToBeginning(partitions);
      while (running) {
        reader.poll(POLL).forEach(this::take);
        reportAgain();
      }
    }
  }

  private void reportAgain() {
    if (System.nanoTime() - nextReport > 0) {
      nextReport = System.nanoTime() + Duration.ofSeconds(2).toNanos();
      report();
    }
  }

  private void take(ConsumerRecord<String, byte[]> record) {
    var event = EventRecords.read(record);
    seen.add(event);
    if (readSideUp) {
      var progress =
          new ProjectionProgress(
              record.partition(), event.position(), Map.of(event.subject(), event.sequence()));
      producer.send(
          new ProducerRecord<>(
              Topics.PROJECTION_PROGRESS,
              Integer.toString(record.partition()),
              Json.write(progress)));
    }
    if (codec.decode(event.encoded()) instanceof Requested request) {
      act(request);
    }
  }

  private void act(Requested request) {
    switch (hosts) {
      case OBEY -> producer.send(OutcomeRecords.write(done(request)));
      case REFUSE -> producer.send(OutcomeRecords.write(refused(request)));
      case SAY_NOTHING -> {}
    }
  }

  private static Outcome done(Requested request) {
    return new OperationSucceeded(
        Ids.newOutcome(),
        request.instanceId(),
        request.operationId(),
        request.kind(),
        "local",
        "worker-1",
        Instant.now());
  }

  private static Outcome refused(Requested request) {
    return new OperationRefused(
        Ids.newOutcome(),
        request.instanceId(),
        request.operationId(),
        request.kind(),
        "local",
        "the disk is full",
        "worker-1",
        Instant.now());
  }
}
