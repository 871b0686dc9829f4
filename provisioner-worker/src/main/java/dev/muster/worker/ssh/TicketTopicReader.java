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
import dev.muster.kafka.topic.TopicListener;
import dev.muster.kafka.topic.TopicReader;
import dev.muster.ops.job.JobLoop;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Hears of tickets for this worker, and of keys that end. It begins at the end: a ticket from
 * before may have been used.
 */
final class TicketTopicReader {

  private final TopicReader reader;
  private final JobLoop loop = new JobLoop("worker-shell-tickets", Duration.ofSeconds(2));
  private boolean begun;
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
    this.reader =
        new TopicReader(
            kafka,
            worker + "-shell-tickets",
            List.of(new TicketListener(worker, tickets), new KeyListener(keyEnds)));
  }

  /**
   * Listens until {@link #stop}; a broker that goes away is waited for.
   *
   * @param listening run each time that nothing said from now on is missed
   */
  void run(Runnable listening) {
    loop.run(() -> listen(listening), () -> !stopping);
  }

  void stop() {
    stopping = true;
    loop.wake();
    reader.wake();
  }

  private void listen(Runnable listening) throws InterruptedException {
    if (!begun) {
      reader.skipToEnd();
      begun = true;
    }
    listening.run();
    while (!stopping) {
      reader.read(() -> !stopping);
    }
  }

  private record TicketListener(String worker, Consumer<ShellTicket> tickets)
      implements TopicListener {

    @Override
    public String topic() {
      return Topics.SHELL_TICKETS;
    }

    @Override
    public void take(ConsumerRecord<String, byte[]> record) {
      if (record.value() != null) {
        var ticket = Json.read(record.value(), ShellTicket.class);
        if (ticket.worker().equals(worker)) {
          tickets.accept(ticket);
        }
      }
    }
  }

  private record KeyListener(BiConsumer<String, Instant> keyEnds, ApiKeyEventCodec codec)
      implements TopicListener {

    KeyListener(BiConsumer<String, Instant> keyEnds) {
      this(keyEnds, new ApiKeyEventCodec());
    }

    @Override
    public String topic() {
      return Topics.ACCESS_EVENTS;
    }

    @Override
    public void take(ConsumerRecord<String, byte[]> record) {
      var event = EventRecords.read(record).encoded();
      if (EventType.isOfKey(event.type())) {
        take(codec.decode(event));
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
}
