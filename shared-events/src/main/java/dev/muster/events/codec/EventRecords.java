package dev.muster.events.codec;

import dev.muster.events.envelope.Actor;
import dev.muster.events.envelope.Correlation;
import dev.muster.events.envelope.EncodedEvent;
import dev.muster.events.envelope.RecordedEvent;
import dev.muster.events.kafka.Topics;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.net.URI;
import java.time.ZoneOffset;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Events as they stand in {@link Topics#INSTANCE_EVENTS} and {@link Topics#ACCESS_EVENTS}:
 * CloudEvents 1.0 in the binary mode of its Kafka protocol binding, keyed by the id of what the
 * event is about. The value is the event's JSON to the byte as the event store keeps it; everything
 * else is in {@code ce_} headers.
 */
public final class EventRecords {

  private static final URI INSTANCES = URI.create("/muster/instances");
  private static final URI KEYS = URI.create("/muster/keys");
  private static final URI OPERATORS = URI.create("/muster/operators");

  private EventRecords() {}

  public static ProducerRecord<String, byte[]> write(RecordedEvent event) {
    var correlation = event.correlation();
    var builder =
        CloudEventBuilder.v1()
            .withId(event.eventId())
            .withSource(source(event.encoded().type()))
            .withSubject(event.subject())
            .withType(CloudEvents.type(event.encoded().type()))
            .withTime(event.at().atOffset(ZoneOffset.UTC))
            .withDataSchema(CloudEvents.schema(event.encoded().type(), event.encoded().revision()))
            .withData("application/json", event.encoded().data())
            .withExtension("sequence", Long.toString(event.sequence()))
            .withExtension("position", Long.toString(event.position()))
            .withExtension("actorid", correlation.actor().id())
            .withExtension("actorname", correlation.actor().name())
            .withExtension("requestid", correlation.requestId());
    extend(builder, "sourceip", correlation.sourceIp());
    extend(builder, "causation", correlation.causation());
    extend(builder, "traceparent", correlation.traceparent());
    var topic =
        EventType.isOfInstance(event.encoded().type())
            ? Topics.INSTANCE_EVENTS
            : Topics.ACCESS_EVENTS;
    return CloudEvents.toRecord(topic, event.subject(), builder.build());
  }

  /**
   * @throws UnreadableMessageException when the record is not such a CloudEvent
   */
  public static RecordedEvent read(ConsumerRecord<String, byte[]> record) {
    var event = CloudEvents.fromRecord(record);
    return new RecordedEvent(
        event.getId(),
        CloudEvents.subject(event),
        CloudEvents.number(event, "sequence"),
        CloudEvents.number(event, "position"),
        CloudEvents.time(event),
        correlation(event),
        new EncodedEvent(
            CloudEvents.name(event), CloudEvents.revision(event), CloudEvents.data(event)));
  }

  private static Correlation correlation(CloudEvent event) {
    return new Correlation(
        new Actor(CloudEvents.text(event, "actorid"), CloudEvents.text(event, "actorname")),
        CloudEvents.text(event, "requestid"),
        CloudEvents.optionalText(event, "sourceip"),
        CloudEvents.optionalText(event, "causation"),
        CloudEvents.optionalText(event, "traceparent"));
  }

  private static URI source(String type) {
    if (EventType.isOfInstance(type)) {
      return INSTANCES;
    }
    return EventType.isOfKey(type) ? KEYS : OPERATORS;
  }

  private static void extend(CloudEventBuilder builder, String name, @Nullable String value) {
    if (value != null) {
      builder.withExtension(name, value);
    }
  }
}
