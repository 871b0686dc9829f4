package dev.muster.events.instance;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A fact about one instance. An operation leaves two: what was asked ({@link Requested}) and what
 * came of it ({@link Settled}). {@link InstanceState#apply} folds them; nothing else gives them
 * meaning.
 */
public sealed interface InstanceEvent {

  String instanceId();

  /** When it happened, to the microsecond. */
  Instant at();

  /** Somebody asked a host to act. A worker has until {@link #deadline()} to do it. */
  sealed interface Requested extends InstanceEvent {

    String operationId();

    OperationKind kind();

    String region();

    /** The host the instance was placed on, or null while nobody knows of one. */
    @Nullable String host();

    Instant deadline();
  }

  /** An operation came to its end. */
  sealed interface Settled extends InstanceEvent {

    String operationId();
  }

  record CreationRequested(
      String instanceId, String operationId, InstanceSpec spec, Instant deadline, Instant at)
      implements Requested {

    @Override
    public OperationKind kind() {
      return OperationKind.CREATE;
    }

    @Override
    public String region() {
      return spec.region();
    }

    @Override
    public @Nullable String host() {
      return null;
    }
  }

  record PauseRequested(
      String instanceId,
      String operationId,
      String region,
      @Nullable String host,
      Instant deadline,
      Instant at)
      implements Requested {

    @Override
    public OperationKind kind() {
      return OperationKind.PAUSE;
    }
  }

  record ResumeRequested(
      String instanceId,
      String operationId,
      String region,
      @Nullable String host,
      Instant deadline,
      Instant at)
      implements Requested {

    @Override
    public OperationKind kind() {
      return OperationKind.RESUME;
    }
  }

  record RestartRequested(
      String instanceId,
      String operationId,
      InstanceSpec spec,
      @Nullable String host,
      Instant deadline,
      Instant at)
      implements Requested {

    @Override
    public OperationKind kind() {
      return OperationKind.RESTART;
    }

    @Override
    public String region() {
      return spec.region();
    }
  }

  record DeletionRequested(
      String instanceId,
      String operationId,
      String region,
      @Nullable String host,
      Instant deadline,
      Instant at)
      implements Requested {

    @Override
    public OperationKind kind() {
      return OperationKind.DELETE;
    }
  }

  /** The instance runs for the first time. Its run is known by the operation that started it. */
  record InstanceStarted(String instanceId, String operationId, String host, Instant at)
      implements Settled {}

  record InstancePaused(String instanceId, String operationId, Instant at) implements Settled {}

  record InstanceResumed(String instanceId, String operationId, Instant at) implements Settled {}

  /** A new run took the place of the old one. */
  record InstanceRestarted(String instanceId, String operationId, String host, Instant at)
      implements Settled {}

  /** Nothing of the instance is left on any host. */
  record InstanceTerminated(String instanceId, String operationId, Instant at) implements Settled {}

  /**
   * The operation did not happen, or nobody can say that it did.
   *
   * @param leavesError whether nobody can vouch for what runs: the status is {@code error}, and the
   *     worker sees to it that nothing does
   */
  record OperationFailed(
      String instanceId,
      String operationId,
      OperationKind kind,
      FailureCode code,
      String reason,
      String region,
      @Nullable String host,
      boolean leavesError,
      Instant at)
      implements Settled {}

  /**
   * A pause or resume that had expired was done all the same, and nothing was asked since. The
   * operation stays failed, and the instance is as it had wanted.
   */
  record OperationDoneLate(String instanceId, String operationId, OperationKind kind, Instant at)
      implements InstanceEvent {}

  /**
   * A host reported on an operation that was no longer in flight. Kept for the record; changes no
   * status.
   */
  record OutcomeIgnored(String instanceId, String operationId, String reason, Instant at)
      implements InstanceEvent {}

  /**
   * The instance ended by itself, with success: it has done its work.
   *
   * @param runId the operation that started the run that ended
   * @param exitCode what its process returned
   */
  record InstanceCompleted(String instanceId, String runId, int exitCode, Instant at)
      implements InstanceEvent {}

  /**
   * The instance ended by itself, and not with success. Histories of earlier versions have it for
   * exit code 0, too.
   *
   * @param runId the operation that started the run that ended
   * @param exitCode what its process returned (128 + n for signal n), or null when nobody knows
   */
  record InstanceFailed(
      String instanceId, String runId, @Nullable Integer exitCode, String reason, Instant at)
      implements InstanceEvent {}
}
