package dev.muster.query.operation;

import dev.muster.events.instance.OperationKind;
import dev.muster.events.view.Rfc3339;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Something that was asked of an instance.
 *
 * @param instanceId whose it is
 * @param finishedAt null while it is pending
 * @param error the reason when it failed, or null
 */
record OperationView(
    String id,
    String instanceId,
    @Schema(implementation = OperationKind.class) String kind,
    @Schema(allowableValues = {"pending", "succeeded", "failed"}) String status,
    @Schema(format = "date-time") String requestedAt,
    @Schema(format = "date-time") @Nullable String finishedAt,
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
