package dev.muster.command.operation;

import dev.muster.events.instance.FailureCode;

/**
 * How an operation stands when the wait for it is over, each with the version of the instance that
 * this is seen in.
 */
public sealed interface OperationEnd {

  /** The host did it. */
  record Succeeded(long version) implements OperationEnd {}

  /** It did not happen, or nobody can say that it did. */
  record Failed(long version, FailureCode code, String reason) implements OperationEnd {}

  /** No outcome yet. */
  record Pending(long version) implements OperationEnd {}
}
