package dev.muster.query.instance.history;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.muster.events.envelope.Actor;
import dev.muster.events.view.Rfc3339;
import org.jspecify.annotations.Nullable;

/** One event as callers see it. Its {@code data} is the stored JSON, to the byte. */
public record HistoryEntry(
    long sequence,
    String type,
    String occurredAt,
    Actor actor,
    String requestId,
    @Nullable String operationId,
    @Nullable String sourceIp,
    @JsonRawValue String data) {

  public static HistoryEntry of(HistoryRow row) {
    return new HistoryEntry(
        row.sequence(),
        row.type(),
        Rfc3339.ofMicros(row.occurredAtMicros()),
        new Actor(row.actorId(), row.actorName()),
        row.requestId(),
        row.operationId(),
        row.sourceIp(),
        row.data());
  }
}
