package dev.muster.events.codec;

import io.cloudevents.CloudEvent;
import io.cloudevents.kafka.KafkaMessageFactory;
import java.net.URI;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** How this platform uses CloudEvents 1.0: names, schemas, and strict reading of attributes. */
final class CloudEvents {

  private static final String TYPE_PREFIX = "dev.muster.";
  private static final String SCHEMA_PREFIX = "/schemas/";

  private CloudEvents() {}

  static String type(String name) {
    return TYPE_PREFIX + name;
  }

  /** Where the JSON Schema of a type's revision is, such as {@code /schemas/InstanceStarted.1}. */
  static URI schema(String name, int revision) {
    return URI.create(SCHEMA_PREFIX + name + "." + revision);
  }

  static ProducerRecord<String, byte[]> toRecord(String topic, String key, CloudEvent event) {
    return KafkaMessageFactory.<String>createWriter(topic, key).writeBinary(event);
  }

  static CloudEvent fromRecord(ConsumerRecord<String, byte[]> record) {
    try {
      return KafkaMessageFactory.createReader(record).toEvent();
    } catch (RuntimeException e) { // of many kinds: a null header, for one, is a null pointer
      throw new UnreadableMessageException(
          "%s-%d@%d is not a CloudEvent"
              .formatted(record.topic(), record.partition(), record.offset()),
          e);
    }
  }

  static String name(CloudEvent event) {
    if (!event.getType().startsWith(TYPE_PREFIX)) {
      throw new UnreadableMessageException(
          "type '" + event.getType() + "' is not of this platform");
    }
    return event.getType().substring(TYPE_PREFIX.length());
  }

  static int revision(CloudEvent event) {
    var schema = String.valueOf(event.getDataSchema());
    try {
      return Integer.parseInt(schema.substring(schema.lastIndexOf('.') + 1));
    } catch (NumberFormatException e) {
      throw new UnreadableMessageException("dataschema '" + schema + "' names no revision", e);
    }
  }

  static Instant time(CloudEvent event) {
    var time = event.getTime();
    if (time == null) {
      throw missing(event, "time");
    }
    return time.toInstant();
  }

  static String subject(CloudEvent event) {
    var subject = event.getSubject();
    if (subject == null) {
      throw missing(event, "subject");
    }
    return subject;
  }

  static byte[] data(CloudEvent event) {
    var data = event.getData();
    if (data == null) {
      throw missing(event, "data");
    }
    return data.toBytes();
  }

  static String text(CloudEvent event, String extension) {
    var value = optionalText(event, extension);
    if (value == null) {
      throw missing(event, extension);
    }
    return value;
  }

  static @Nullable String optionalText(CloudEvent event, String extension) {
    var value = event.getExtension(extension);
    return value == null ? null : value.toString();
  }

  static long number(CloudEvent event, String extension) {
    var value = text(event, extension);
    try {
      return Long.parseLong(value);
    } catch (NumberFormatException e) {
      throw new UnreadableMessageException(
          "%s '%s' of %s is not a number".formatted(extension, value, event.getId()), e);
    }
  }

  private static UnreadableMessageException missing(CloudEvent event, String attribute) {
    return new UnreadableMessageException("event %s has no %s".formatted(event.getId(), attribute));
  }
}
