package dev.muster.worker.host;

import dev.muster.events.codec.Json;
import dev.muster.events.host.HostAnnouncement;
import dev.muster.events.instance.Limits;
import dev.muster.events.kafka.KafkaClients;
import dev.muster.events.kafka.Topics;
import dev.muster.worker.report.Publisher;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Says again and again which hosts this worker can reach. */
public final class HostAnnouncer {

  private final HostDirectory hosts;
  private final CordonedHosts cordoned;
  private final Publisher publisher;
  private final String worker;
  private final InstantSource clock;
  private final FormerHosts former;
  private volatile boolean announced;

  /**
   * @param clock announcements carry its time
   */
  public HostAnnouncer(
      KafkaClients kafka,
      HostDirectory hosts,
      CordonedHosts cordoned,
      Publisher publisher,
      String worker,
      InstantSource clock) {
    this.hosts = hosts;
    this.cordoned = cordoned;
    this.publisher = publisher;
    this.worker = worker;
    this.clock = clock;
    this.former = new FormerHosts(kafka, hosts, publisher, worker);
  }

  /** Whether the platform has heard of every host. */
  public boolean announced() {
    return announced;
  }

  /**
   * Announces until interrupted, at once when a host is cordoned, and takes back first what is here
   * no more.
   */
  public void run() throws InterruptedException {
    cordoned.awaitKnown();
    boolean tidy = false;
    while (true) {
      tidy = tidy || former.takeBack();
      var seen = cordoned.changes();
      for (var host : hosts.all()) {
        publisher.publish(record(host));
      }
      announced = true;
      cordoned.awaitChange(seen, HostAnnouncement.INTERVAL);
    }
  }

  private ProducerRecord<String, byte[]> record(Host host) {
    var announcement =
        new HostAnnouncement(
            host.name(),
            host.region(),
            host.kind(),
            host.capacity(),
            worker,
            clock.instant().truncatedTo(ChronoUnit.MICROS),
            host.driver().features().capabilities().stream().sorted().toList(),
            host.isolation(),
            maximumOf(host),
            cordoned.isCordoned(host.name()));
    return new ProducerRecord<>(Topics.HOSTS, host.name(), Json.write(announcement));
  }

  private static @Nullable Limits maximumOf(Host host) {
    var maximum = host.driver().features().maximum();
    return maximum.bounds().isEmpty() ? null : maximum;
  }
}
