package dev.muster.query.instance.history;

import dev.muster.events.envelope.EncodedEvent;
import dev.muster.events.envelope.RecordedEvent;
import dev.muster.events.instance.InstanceEvent;
import dev.muster.events.instance.InstanceEvent.InstanceCompleted;
import dev.muster.events.instance.InstanceEvent.InstanceFailed;
import dev.muster.events.instance.InstanceEvent.OperationDoneLate;
import dev.muster.events.instance.InstanceEvent.OutcomeIgnored;
import dev.muster.events.instance.InstanceEvent.Requested;
import dev.muster.events.instance.InstanceEvent.Settled;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * A stored event in the read store.
 *
 * @param id instance and sequence, so that a page is a list of ids
 * @param occurredAtMicros since the epoch; dates of the store have milliseconds only
 * @param operationId the operation it belongs to, or null when there is none
 * @param data the event's JSON, to the byte
 */
@Document("history")
public record HistoryRow(
    @Id String id,
    String instanceId,
    long sequence,
    long position,
    String eventId,
    String type,
    int revision,
    long occurredAtMicros,
    String actorId,
    String actorName,
    String requestId,
    @Nullable String operationId,
    @Nullable String sourceIp,
    @Nullable String causation,
    @Nullable String traceparent,
    String data) {

  public static HistoryRow of(RecordedEvent event, @Nullable String operationId) {
    var correlation = event.correlation();
    return new HistoryRow(
        id(event.subject(), event.sequence()),
        event.subject(),
        event.sequence(),
        event.position(),
        event.eventId(),
        event.encoded().type(),
        event.encoded().revision(),
        ChronoUnit.MICROS.between(Instant.EPOCH, event.at()),
        correlation.actor().id(),
        correlation.actor().name(),
        correlation.requestId(),
        operationId,
        correlation.sourceIp(),
        correlation.causation(),
        correlation.traceparent(),
        new String(event.encoded().data(), StandardCharsets.UTF_8));
  }

  public static String id(String instanceId, long sequence) {
    return "%s:%012d".formatted(instanceId, sequence);
  }

  /** The operation that an event belongs to, or null when there is none. */
  public static @Nullable String operationId(InstanceEvent event) {
    return switch (event) {
      case Requested requested -> requested.operationId();
      case Settled settled -> settled.operationId();
      case OperationDoneLate late -> late.operationId();
      case OutcomeIgnored ignored -> ignored.operationId();
      case InstanceCompleted _, InstanceFailed _ -> null;
    };
  }

  /** The same event, of that operation. */
  public HistoryRow of(@Nullable String operation) {
    return new HistoryRow(
        id,
        instanceId,
        sequence,
        position,
        eventId,
        type,
        revision,
        occurredAtMicros,
        actorId,
        actorName,
        requestId,
        operation,
        sourceIp,
        causation,
        traceparent,
        data);
  }

  Instant occurredAt() {
    return Instant.EPOCH.plus(occurredAtMicros, ChronoUnit.MICROS);
  }

  public EncodedEvent encoded() {
    return new EncodedEvent(type, revision, data.getBytes(StandardCharsets.UTF_8));
  }
}
