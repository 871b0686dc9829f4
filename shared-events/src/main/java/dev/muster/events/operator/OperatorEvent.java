package dev.muster.events.operator;

import java.time.Instant;

/**
 * What somebody asked of the platform itself, beside instances and keys. Each is the one event of
 * an operation of its own: it is recorded before it is done, and nothing is folded from it.
 */
public sealed interface OperatorEvent {

  String operationId();

  /** When it was asked for, to the microsecond. */
  Instant at();

  /**
   * A dead letter was to go to its reader again.
   *
   * @param letterId says the reader, and where the record is that it could not handle
   */
  record LetterRetryRequested(String operationId, String letterId, Instant at)
      implements OperatorEvent {}

  /**
   * A dead letter was to be dropped.
   *
   * @param letterId says the reader, and where the record is that it could not handle
   */
  record LetterDropRequested(String operationId, String letterId, Instant at)
      implements OperatorEvent {}

  /**
   * A worker was to finish what it has and take nothing new.
   *
   * @param worker its name
   */
  record DrainRequested(String operationId, String worker, Instant at) implements OperatorEvent {}

  /**
   * A worker that was drained was to take work again.
   *
   * @param worker its name
   */
  record WorkerResumeRequested(String operationId, String worker, Instant at)
      implements OperatorEvent {}

  /**
   * A host was to get no new instances.
   *
   * @param host its name
   */
  record CordonRequested(String operationId, String host, Instant at) implements OperatorEvent {}

  /**
   * A host that was cordoned was to get new instances again.
   *
   * @param host its name
   */
  record UncordonRequested(String operationId, String host, Instant at) implements OperatorEvent {}
}
