package dev.muster.events.outcome;

import dev.muster.events.instance.OperationKind;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a worker has to say about an instance. May arrive twice; {@link #outcomeId()} may not. */
public sealed interface Outcome {

  String outcomeId();

  String instanceId();

  /** Name of the worker that says so. */
  String worker();

  Instant at();

  /** The host is as the operation wanted it. */
  record OperationSucceeded(
      String outcomeId,
      String instanceId,
      String operationId,
      OperationKind kind,
      String host,
      String worker,
      Instant at)
      implements Outcome {}

  /** The host could not do it; {@code host} is null when none could be chosen. */
  record OperationRefused(
      String outcomeId,
      String instanceId,
      String operationId,
      OperationKind kind,
      @Nullable String host,
      String reason,
      String worker,
      Instant at)
      implements Outcome {}

  /**
   * A run ended without anybody asking.
   *
   * @param runId the operation that had started it
   * @param exitCode 0..255, 128 + n for signal n, or null when nobody knows
   */
  record RunEnded(
      String outcomeId,
      String instanceId,
      String runId,
      String host,
      @Nullable Integer exitCode,
      String reason,
      String worker,
      Instant at)
      implements Outcome {}
}
