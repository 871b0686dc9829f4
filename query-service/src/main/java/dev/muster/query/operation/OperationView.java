package dev.muster.query.operation;

import dev.muster.events.view.Rfc3339;
import org.jspecify.annotations.Nullable;

/**
 * The operation object of the API.
 *
 * @param finishedAt null while it is pending
 * @param error the reason when it failed, or null
 */
record OperationView(
    String id,
    String instanceId,
    String kind,
    String status,
    String requestedAt,
    @Nullable String finishedAt,
    @Nullable String error) {

  static OperationView of(OperationRow row) {
    var finished = row.finishedAtMicros();
    return new OperationView(
        row.id(),
        row.instanceId(),
        row.kind(),
        row.status(),
        Rfc3339.ofMicros(row.requestedAtMicros()),
        finished == null ? null : Rfc3339.ofMicros(finished),
        row.error());
  }
}
