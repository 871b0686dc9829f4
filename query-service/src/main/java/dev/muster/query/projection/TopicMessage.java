package dev.muster.query.projection;

import dev.muster.events.codec.EventCodec;
import dev.muster.events.codec.EventRecords;
import dev.muster.events.codec.UnreadableMessageException;
import dev.muster.events.envelope.RecordedEvent;
import dev.muster.events.instance.InstanceEvent;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A record of the topic, as far as it can be read. */
sealed interface TopicMessage {

  /** An event that this version knows. */
  record Known(RecordedEvent recorded, InstanceEvent event, ConsumerRecord<String, byte[]> record)
      implements TopicMessage {}

  /** An event that can be kept but not folded: of a newer version, or with broken data. */
  record Opaque(RecordedEvent recorded, Unreadable why) implements TopicMessage {}

  /** Not an event at all. */
  record Garbage(Unreadable why) implements TopicMessage {}

  static TopicMessage read(ConsumerRecord<String, byte[]> record, EventCodec codec) {
    RecordedEvent recorded;
    try {
      recorded = EventRecords.read(record);
    } catch (UnreadableMessageException e) {
      return new Garbage(new Unreadable(record, String.valueOf(e.getMessage())));
    }
    try {
      return new Known(recorded, codec.decode(recorded.encoded()), record);
    } catch (UnreadableMessageException e) {
      return new Opaque(recorded, new Unreadable(record, String.valueOf(e.getMessage())));
    }
  }
}
