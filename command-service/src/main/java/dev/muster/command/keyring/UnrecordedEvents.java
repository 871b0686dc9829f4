package dev.muster.command.keyring;

import dev.muster.command.eventstore.RecordedEvents;
import dev.muster.events.codec.EventRecords;
import dev.muster.events.codec.UnreadableMessageException;
import dev.muster.events.envelope.RecordedEvent;
import dev.muster.ops.alarm.Alarm;
import dev.muster.ops.log.LogThrottle;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Tells of events of keys and of operators that are signed, and that the event store does not have:
 * somebody else has the secret, or the store is older than the broker. The alarm stays up for as
 * long as the process runs.
 */
@Component
final class UnrecordedEvents implements Alarm {

  private static final Logger log = LoggerFactory.getLogger(UnrecordedEvents.class);

  private final LogThrottle line = new LogThrottle(Duration.ofSeconds(10));
  private final AtomicLong count = new AtomicLong();
  private final RecordedEvents store;
  private volatile @Nullable String newest;

  UnrecordedEvents(RecordedEvents store, MeterRegistry registry) {
    this.store = store;
    FunctionCounter.builder("muster.events.unrecorded", count, AtomicLong::get)
        .description("Signed events of keys and operators that the event store does not have")
        .register(registry);
  }

  /** Those of these records whose event is not stored; asks the store once. */
  Set<ConsumerRecord<String, byte[]>> among(Iterable<ConsumerRecord<String, byte[]>> records) {
    var events = new IdentityHashMap<ConsumerRecord<String, byte[]>, RecordedEvent>();
    records.forEach(record -> read(record).ifPresent(event -> events.put(record, event)));
    if (!events.isEmpty()) {
      var stored = store.stored(events.values());
      events.values().removeIf(stored::contains);
      events.forEach(this::tell);
    }
    return events.keySet();
  }

  // Who takes it says that it makes no sense.
  private static Optional<RecordedEvent> read(ConsumerRecord<String, byte[]> record) {
    try {
      return Optional.of(EventRecords.read(record));
    } catch (UnreadableMessageException e) {
      return Optional.empty();
    }
  }

  private void tell(ConsumerRecord<String, byte[]> record, RecordedEvent event) {
    count.incrementAndGet();
    newest = "%s of %s".formatted(event.encoded().type(), event.subject());
    line.write(
        suppressed ->
            log.error(
                "event_unrecorded topic={} partition={} offset={} type={} about={} suppressed={}:"
                    + " it is signed, and the event store does not have it; who else has the secret"
                    + " of records, or was PostgreSQL put back from a backup?",
                record.topic(),
                record.partition(),
                record.offset(),
                event.encoded().type(),
                event.subject(),
                suppressed));
  }

  @Override
  public String part() {
    return "unrecorded events";
  }

  @Override
  public Optional<String> raised() {
    return Optional.ofNullable(newest)
        .map(
            event ->
                "%d of access-events, the newest %s: signed, but not in the event store; see docs/security.md"
                    .formatted(count.get(), event));
  }
}
