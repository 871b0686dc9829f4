package dev.muster.query.operation;

import dev.muster.events.instance.InstanceEvent;
import dev.muster.events.instance.InstanceEvent.InstanceCompleted;
import dev.muster.events.instance.InstanceEvent.InstanceFailed;
import dev.muster.events.instance.InstanceEvent.OperationDoneLate;
import dev.muster.events.instance.InstanceEvent.OperationFailed;
import dev.muster.events.instance.InstanceEvent.OutcomeIgnored;
import dev.muster.events.instance.InstanceEvent.Requested;
import dev.muster.events.instance.InstanceEvent.Settled;
import dev.muster.events.instance.InstanceState;
import dev.muster.events.instance.Operation;
import dev.muster.query.store.VersionedRow;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;
import org.springframework.data.mongodb.core.query.Criteria;

/** An operation in the read store; times in microseconds since the epoch. */
@Document("operations")
public record OperationRow(
    @Id String id,
    String instanceId,
    String kind,
    String status,
    long requestedAtMicros,
    @Nullable Long finishedAtMicros,
    @Nullable String error)
    implements VersionedRow {

  private static final String PENDING = "pending";
  private static final String SUCCEEDED = "succeeded";
  private static final String FAILED = "failed";

  /** What {@code event} says of an operation; empty when it says nothing. */
  public static Optional<OperationRow> after(
      @Nullable InstanceState before, InstanceState after, InstanceEvent event) {
    return switch (event) {
      case Requested _ ->
          Optional.ofNullable(after.inFlight()).map(asked -> pending(event.instanceId(), asked));
      case Settled settled ->
          Optional.ofNullable(before)
              .map(InstanceState::inFlight)
              .filter(asked -> asked.id().equals(settled.operationId()))
              .map(asked -> settled(asked, settled));
      case OperationDoneLate _, OutcomeIgnored _, InstanceCompleted _, InstanceFailed _ ->
          Optional.empty();
    };
  }

  private static OperationRow pending(String instanceId, Operation operation) {
    return new OperationRow(
        operation.id(),
        instanceId,
        operation.kind().toString(),
        PENDING,
        micros(operation.requestedAt()),
        null,
        null);
  }

  private static OperationRow settled(Operation operation, Settled event) {
    var reason = event instanceof OperationFailed failed ? failed.reason() : null;
    return new OperationRow(
        operation.id(),
        event.instanceId(),
        operation.kind().toString(),
        reason == null ? SUCCEEDED : FAILED,
        micros(operation.requestedAt()),
        micros(event.at()),
        reason);
  }

  // What has ended is pending no more.
  @Override
  public Criteria replaceable() {
    return status.equals(PENDING)
        ? Criteria.where("status").is(PENDING)
        : Criteria.where("instance_id").is(instanceId);
  }

  private static long micros(Instant at) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, at);
  }
}
