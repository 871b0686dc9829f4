package dev.muster.command.instance;

import dev.muster.events.instance.InstanceSpec;
import dev.muster.events.instance.OperationKind;
import java.time.Instant;
import java.util.Set;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * Something that is asked of one instance. Times and new ids are given by the caller, so that the
 * decision is a pure function.
 */
public sealed interface InstanceCommand {

  String instanceId();

  /** When the command is given; the events that come of it carry this time. */
  Instant at();

  /** A user asks a host to act. The host has until {@link #deadline()}. */
  sealed interface Ask extends InstanceCommand {

    String operationId();

    Instant deadline();

    OperationKind kind();
  }

  record CreateInstance(
      @TargetAggregateIdentifier String instanceId,
      String operationId,
      InstanceSpec spec,
      Instant deadline,
      Instant at)
      implements Ask {

    @Override
    public OperationKind kind() {
      return OperationKind.CREATE;
    }
  }

  record PauseInstance(
      @TargetAggregateIdentifier String instanceId,
      String operationId,
      Instant deadline,
      Instant at)
      implements Ask {

    @Override
    public OperationKind kind() {
      return OperationKind.PAUSE;
    }
  }

  record ResumeInstance(
      @TargetAggregateIdentifier String instanceId,
      String operationId,
      Instant deadline,
      Instant at)
      implements Ask {

    @Override
    public OperationKind kind() {
      return OperationKind.RESUME;
    }
  }

  record RestartInstance(
      @TargetAggregateIdentifier String instanceId,
      String operationId,
      Instant deadline,
      Instant at)
      implements Ask {

    @Override
    public OperationKind kind() {
      return OperationKind.RESTART;
    }
  }

  record DeleteInstance(
      @TargetAggregateIdentifier String instanceId,
      String operationId,
      Instant deadline,
      Instant at)
      implements Ask {

    @Override
    public OperationKind kind() {
      return OperationKind.DELETE;
    }
  }

  /** Something that a user asks for unless the instance has moved on since they looked. */
  record OnlyAt(Ask ask, Set<Long> versions) implements InstanceCommand {

    public OnlyAt {
      versions = Set.copyOf(versions);
    }

    @Override
    @TargetAggregateIdentifier
    public String instanceId() {
      return ask.instanceId();
    }

    @Override
    public Instant at() {
      return ask.at();
    }
  }

  /** A worker says what came of an operation. */
  record RecordOutcome(
      @TargetAggregateIdentifier String instanceId,
      String operationId,
      OperationResult result,
      Instant at)
      implements InstanceCommand {}

  /**
   * A worker says that a run ended by itself.
   *
   * @param runId the operation that had started the run
   * @param exitCode what its process returned, or null when nobody knows
   * @param restartId id of the operation that restarts it, should its policy say so
   * @param restartDeadline until when that restart must be done
   */
  record RecordFailure(
      @TargetAggregateIdentifier String instanceId,
      String runId,
      @Nullable Integer exitCode,
      String reason,
      String restartId,
      Instant restartDeadline,
      Instant at)
      implements InstanceCommand {}

  /** The deadline of an operation has passed. */
  record ExpireOperation(
      @TargetAggregateIdentifier String instanceId, String operationId, Instant at)
      implements InstanceCommand {}
}
