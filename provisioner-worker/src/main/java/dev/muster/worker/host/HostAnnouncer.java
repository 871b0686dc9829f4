package dev.muster.worker.host;

import dev.muster.events.codec.Json;
import dev.muster.events.host.HostAnnouncement;
import dev.muster.events.kafka.Topics;
import dev.muster.worker.report.Publisher;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Says again and again which hosts this worker can reach. */
public final class HostAnnouncer {

  private static final Duration INTERVAL = Duration.ofSeconds(30);

  private final Hosts hosts;
  private final Publisher publisher;
  private final String worker;
  private volatile boolean announced;

  public HostAnnouncer(Hosts hosts, Publisher publisher, String worker) {
    this.hosts = hosts;
    this.publisher = publisher;
    this.worker = worker;
  }

  /** Whether the platform has heard of every host. */
  public boolean announced() {
    return announced;
  }

  /** Announces until interrupted. */
  public void run() throws InterruptedException {
    while (true) {
      for (var host : hosts.all()) {
        publisher.publish(record(host));
      }
      announced = true;
      Thread.sleep(INTERVAL);
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
            Instant.now().truncatedTo(ChronoUnit.MICROS));
    return new ProducerRecord<>(Topics.HOSTS, host.name(), Json.write(announcement));
  }
}
