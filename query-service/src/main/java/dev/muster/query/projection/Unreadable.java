package dev.muster.query.projection;

import dev.muster.events.codec.DeadLetterRecords;
import dev.muster.events.deadletter.DeadLetter;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A record that this version can make no sense of, and why. */
record Unreadable(ConsumerRecord<String, byte[]> record, String reason) {

  UnreadableRow row() {
    return new UnreadableRow(
        UnreadableRow.id(record.partition(), record.offset()),
        String.valueOf(record.key()),
        reason);
  }

  DeadLetter letter(int tries, Instant at) {
    return DeadLetterRecords.of(EventProjection.GROUP, record, reason, tries, at);
  }
}
