package dev.muster.worker.host;

import dev.muster.events.codec.Json;
import dev.muster.events.codec.UnreadableMessageException;
import dev.muster.events.host.HostAnnouncement;
import dev.muster.events.kafka.KafkaClients;
import dev.muster.events.kafka.Topics;
import dev.muster.kafka.topic.TopicContents;
import dev.muster.worker.report.Publisher;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes back the hosts that a worker of this name announced and this one does not have. */
final class FormerHosts {

  private static final Logger log = LoggerFactory.getLogger(FormerHosts.class);

  private final KafkaClients kafka;
  private final HostDirectory hosts;
  private final Publisher publisher;
  private final String worker;

  FormerHosts(KafkaClients kafka, HostDirectory hosts, Publisher publisher, String worker) {
    this.kafka = kafka;
    this.hosts = hosts;
    this.publisher = publisher;
    this.worker = worker;
  }

  /** False when they cannot be read now. */
  @SuppressWarnings("NullAway") // a tombstone is a record without a value
  boolean takeBack() throws InterruptedException {
    try {
      for (var host : announcedByThis()) {
        log.info("the host is no longer configured, it is taken back host={}", host);
        publisher.publish(new ProducerRecord<>(Topics.HOSTS, host, null));
      }
      return true;
    } catch (KafkaException e) {
      log.warn("the hosts cannot be read now and are read again cause={}", String.valueOf(e));
      return false;
    }
  }

  private Set<String> announcedByThis() {
    var found = new TreeSet<String>();
    TopicContents.read(
        kafka,
        worker + "-hosts",
        Topics.HOSTS,
        record -> {
          found.remove(record.key());
          if (isOfThis(record)) {
            found.add(record.key());
          }
        });
    hosts.all().forEach(host -> found.remove(host.name()));
    return found;
  }

  private boolean isOfThis(ConsumerRecord<String, byte[]> record) {
    try {
      return record.value() != null
          && Json.read(record.value(), HostAnnouncement.class).worker().equals(worker);
    } catch (UnreadableMessageException e) {
      return false;
    }
  }
}
