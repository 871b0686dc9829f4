package dev.muster.query.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.events.codec.EventCodec;
import dev.muster.events.codec.EventRecords;
import dev.muster.events.codec.UnreadableMessageException;
import dev.muster.events.envelope.EncodedEvent;
import dev.muster.events.envelope.RecordedEvent;
import dev.muster.query.env.EnvValues;
import dev.muster.query.instance.history.HistoryRow;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Makes events of a stream ({@code text/event-stream}) out of records of the topic. */
@Component
final class EventFrames {

  private final EventCodec codec = new EventCodec();
  private final JsonMapper mapper;

  EventFrames(JsonMapper mapper) {
    this.mapper = mapper;
  }

  /** Empty when the record has no readable envelope: the publisher did not write it. */
  Optional<LiveEvent> read(ConsumerRecord<String, byte[]> record) {
    try {
      var shown = EventTopic.isOfInstances(record);
      return Optional.of(new LiveEvent(EventRecords.read(record), shown, this::frame));
    } catch (UnreadableMessageException e) {
      return Optional.empty();
    }
  }

  private byte[] frame(RecordedEvent recorded, EnvValues env) {
    var entry = LiveEntry.of(row(recorded), env);
    return "id: %d\nevent: %s\ndata: %s\n\n"
        .formatted(
            entry.position(),
            oneLine(recorded.encoded().type()),
            oneLine(mapper.writeValueAsString(entry)))
        .getBytes(UTF_8);
  }

  /** As the history has it: what cannot be read is of no operation that is known. */
  private HistoryRow row(RecordedEvent recorded) {
    try {
      var event = codec.decode(recorded.encoded());
      return HistoryRow.of(recorded, HistoryRow.operationId(event));
    } catch (UnreadableMessageException e) {
      return HistoryRow.of(asJson(recorded), null);
    }
  }

  /** Data that is no JSON at all goes as text, for a reader would stop at it each time. */
  private RecordedEvent asJson(RecordedEvent recorded) {
    var encoded = recorded.encoded();
    try {
      mapper.readTree(encoded.data());
      return recorded;
    } catch (JacksonException e) {
      var text = mapper.writeValueAsBytes(new String(encoded.data(), UTF_8));
      return new RecordedEvent(
          recorded.eventId(),
          recorded.subject(),
          recorded.sequence(),
          recorded.position(),
          recorded.at(),
          recorded.correlation(),
          new EncodedEvent(encoded.type(), encoded.revision(), text));
    }
  }

  /** A line break in JSON stands between values only; here it would end the line. */
  private static String oneLine(String text) {
    return text.replace('\r', ' ').replace('\n', ' ');
  }
}
