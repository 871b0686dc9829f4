package dev.muster.events.codec;

import dev.muster.events.access.ApiKeyEvent.KeyIssued;
import dev.muster.events.access.ApiKeyEvent.KeyReplaced;
import dev.muster.events.access.ApiKeyEvent.KeyRevoked;
import dev.muster.events.access.ApiKeyEvent.KeyUsedFrom;
import dev.muster.events.instance.InstanceEvent.CreationRequested;
import dev.muster.events.instance.InstanceEvent.DeletionRequested;
import dev.muster.events.instance.InstanceEvent.InstanceCompleted;
import dev.muster.events.instance.InstanceEvent.InstanceFailed;
import dev.muster.events.instance.InstanceEvent.InstancePaused;
import dev.muster.events.instance.InstanceEvent.InstanceRestarted;
import dev.muster.events.instance.InstanceEvent.InstanceResumed;
import dev.muster.events.instance.InstanceEvent.InstanceStarted;
import dev.muster.events.instance.InstanceEvent.InstanceTerminated;
import dev.muster.events.instance.InstanceEvent.OperationDoneLate;
import dev.muster.events.instance.InstanceEvent.OperationFailed;
import dev.muster.events.instance.InstanceEvent.OutcomeIgnored;
import dev.muster.events.instance.InstanceEvent.PauseRequested;
import dev.muster.events.instance.InstanceEvent.RestartRequested;
import dev.muster.events.instance.InstanceEvent.ResumeRequested;
import dev.muster.events.operator.OperatorEvent.CordonRequested;
import dev.muster.events.operator.OperatorEvent.DrainRequested;
import dev.muster.events.operator.OperatorEvent.LetterDropRequested;
import dev.muster.events.operator.OperatorEvent.LetterRetryRequested;
import dev.muster.events.operator.OperatorEvent.UncordonRequested;
import dev.muster.events.operator.OperatorEvent.WorkerResumeRequested;
import java.util.List;

/**
 * The name an event type has outside this code, and the revision in which it is written today. A
 * name, once published, stays for ever.
 */
public record EventType(String name, int revision, Class<? extends Record> record) {

  /** Every event type of instances. */
  public static final List<EventType> ALL =
      List.of(
          new EventType("CreationRequested", 1, CreationRequested.class),
          new EventType("PauseRequested", 1, PauseRequested.class),
          new EventType("ResumeRequested", 1, ResumeRequested.class),
          new EventType("RestartRequested", 1, RestartRequested.class),
          new EventType("DeletionRequested", 1, DeletionRequested.class),
          new EventType("InstanceStarted", 1, InstanceStarted.class),
          new EventType("InstancePaused", 1, InstancePaused.class),
          new EventType("InstanceResumed", 1, InstanceResumed.class),
          new EventType("InstanceRestarted", 1, InstanceRestarted.class),
          new EventType("InstanceTerminated", 1, InstanceTerminated.class),
          new EventType("OperationFailed", 2, OperationFailed.class),
          new EventType("OperationDoneLate", 1, OperationDoneLate.class),
          new EventType("OutcomeIgnored", 1, OutcomeIgnored.class),
          new EventType("InstanceCompleted", 1, InstanceCompleted.class),
          new EventType("InstanceFailed", 1, InstanceFailed.class));

  /** Every event type of API keys. */
  public static final List<EventType> OF_KEYS =
      List.of(
          new EventType("KeyIssued", 1, KeyIssued.class),
          new EventType("KeyReplaced", 1, KeyReplaced.class),
          new EventType("KeyUsedFrom", 1, KeyUsedFrom.class),
          new EventType("KeyRevoked", 1, KeyRevoked.class));

  /** Every event type of operators. */
  public static final List<EventType> OF_OPERATORS =
      List.of(
          new EventType("LetterRetryRequested", 1, LetterRetryRequested.class),
          new EventType("LetterDropRequested", 1, LetterDropRequested.class),
          new EventType("DrainRequested", 1, DrainRequested.class),
          new EventType("WorkerResumeRequested", 1, WorkerResumeRequested.class),
          new EventType("CordonRequested", 1, CordonRequested.class),
          new EventType("UncordonRequested", 1, UncordonRequested.class));

  /** Whether that is an event of an API key. */
  public static boolean isOfKey(String name) {
    return isIn(OF_KEYS, name);
  }

  /** Whether that is an event of an instance, as is any name that nobody here knows. */
  public static boolean isOfInstance(String name) {
    return !isIn(OF_KEYS, name) && !isIn(OF_OPERATORS, name);
  }

  private static boolean isIn(List<EventType> family, String name) {
    return family.stream().anyMatch(type -> type.name().equals(name));
  }
}
