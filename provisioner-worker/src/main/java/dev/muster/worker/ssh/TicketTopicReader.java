package dev.muster.worker.ssh;

import dev.muster.events.access.ApiKeyEvent;
import dev.muster.events.access.ApiKeyEvent.KeyIssued;
import dev.muster.events.access.ApiKeyEvent.KeyReplaced;
import dev.muster.events.access.ApiKeyEvent.KeyRevoked;
import dev.muster.events.access.ApiKeyEvent.KeyUsedFrom;
import dev.muster.events.codec.ApiKeyEventCodec;
import dev.muster.events.codec.EventRecords;
import dev.muster.events.codec.EventType;
import dev.muster.events.codec.Json;
import dev.muster.events.kafka.KafkaClients;
import dev.muster.events.kafka.Topics;
import dev.muster.events.worker.ShellTicket;
import dev.muster.ops.ready.Backoff;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears of tickets for this worker, and of keys that end. It begins at the end: a ticket from
 * before may have been used.
 */
final class TicketTopicReader {

  private static final Logger log = LoggerFactory.getLogger(TicketTopicReader.class);
  private static final Duration POLL = Duration.ofSeconds(1);

  private final KafkaClients kafka;
  private final String worker;
  private final Consumer<ShellTicket> tickets;
  private final BiConsumer<String, Instant> keyEnds;
  private final ApiKeyEventCodec keyEvents = new ApiKeyEventCodec();
  private final Map<TopicPartition, Long> next = new HashMap<>();
  private volatile boolean stopping;

  /**
   * @param tickets told of each ticket that is for this worker
   * @param keyEnds told the id of each key that is revoked or replaced, and when it ends
   */
  TicketTopicReader(
      KafkaClients kafka,
      String worker,
      Consumer<ShellTicket> tickets,
      BiConsumer<String, Instant> keyEnds) {
    this.kafka = kafka;
    this.worker = worker;
    this.tickets = tickets;
    this.keyEnds = keyEnds;
  }

  /**
   * Listens until {@link #stop}; a broker that goes away is waited for.
   *
   * @param listening run each time that nothing said from now on is missed
   */
  void run(Runnable listening) throws InterruptedException {
    var backoff = Backoff.steady(Duration.ofSeconds(2));
    while (!stopping) {
      try {
        listen(listening);
      } catch (KafkaException e) {
        log.warn("tickets for shells cannot be read, check the broker cause={}", e.toString());
        backoff.pause();
      }
    }
  }

  void stop() {
    stopping = true;
  }

  private void listen(Runnable listening) {
    try (var reader = kafka.reader(worker + "-shell-tickets")) {
      var partitions = new ArrayList<TopicPartition>();
      for (var topic : new String[] {Topics.SHELL_TICKETS, Topics.ACCESS_EVENTS}) {
        reader
            .partitionsFor(topic)
            .forEach(found -> partitions.add(new TopicPartition(topic, found.partition())));
      }
      reader.assign(partitions);
      reader.endOffsets(partitions).forEach(next::putIfAbsent);
      partitions.forEach(partition -> reader.seek(partition, next.getOrDefault(partition, 0L)));
      listening.run();
      while (!stopping) {
        for (var record : reader.poll(POLL)) {
          take(record);
          next.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
        }
      }
    }
  }

  private void take(ConsumerRecord<String, byte[]> record) {
    try {
      if (record.topic().equals(Topics.ACCESS_EVENTS)) {
        var event = EventRecords.read(record).encoded();
        if (EventType.isOfKey(event.type())) {
          take(keyEvents.decode(event));
        }
      } else if (record.value() != null) {
        var ticket = Json.read(record.value(), ShellTicket.class);
        if (ticket.worker().equals(worker)) {
          tickets.accept(ticket);
        }
      }
    } catch (RuntimeException e) { // one record must not keep the others from being read
      log.error(
          "record cannot be read and is left out; was it written by a newer version?"
              + " topic={} offset={} error=\"{}\"",
          record.topic(),
          record.offset(),
          e.getMessage());
    }
  }

  private void take(ApiKeyEvent event) {
    switch (event) {
      // Revoked is revoked, whatever the clock here says.
      case KeyRevoked revoked -> keyEnds.accept(revoked.keyId(), Instant.MIN);
      case KeyReplaced replaced -> keyEnds.accept(replaced.keyId(), replaced.expiresAt());
      case KeyIssued _, KeyUsedFrom _ -> {}
    }
  }
}
