package dev.muster.query.instance.history;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.muster.events.envelope.Actor;
import dev.muster.events.view.Rfc3339;
import dev.muster.query.env.EnvValues;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * An event in the history of an instance.
 *
 * @param sequence 1, 2, 3 … without gaps
 * @param type what happened, such as {@code InstanceStarted}; more kinds may come
 * @param actor who caused it
 * @param operationId the operation it belongs to, or null
 * @param sourceIp where the request came from, or null
 * @param data the stored JSON, to the byte, but that without the scope {@code operate} the values
 *     of {@code env} are masked; its schema is named like the type
 */
public record HistoryEntry(
    @Schema(minimum = "1") long sequence,
    String type,
    @Schema(format = "date-time") String occurredAt,
    Actor actor,
    String requestId,
    @Nullable String operationId,
    @Nullable String sourceIp,
    @JsonRawValue String data) {

  public static HistoryEntry of(HistoryRow row, EnvValues env) {
    return new HistoryEntry(
        row.sequence(),
        row.type(),
        Rfc3339.ofMicros(row.occurredAtMicros()),
        new Actor(row.actorId(), row.actorName()),
        row.requestId(),
        row.operationId(),
        row.sourceIp(),
        env.in(row.data()));
  }
}
