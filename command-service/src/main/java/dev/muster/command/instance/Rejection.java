package dev.muster.command.instance;

import dev.muster.events.instance.Lifecycle;
import dev.muster.events.instance.Operation;
import dev.muster.events.instance.OperationKind;
import dev.muster.events.instance.Stage;

/** Why a command cannot be. Expected, and the caller can do something about it. */
public sealed interface Rejection {

  /** One sentence for a person. */
  String detail();

  /** No event of such an instance was ever recorded. */
  record Unknown(String instanceId) implements Rejection {

    @Override
    public String detail() {
      return "there is no instance '%s'".formatted(instanceId);
    }
  }

  /** An instance of that id was created before. */
  record Exists(String instanceId) implements Rejection {

    @Override
    public String detail() {
      return "there is an instance '%s' already".formatted(instanceId);
    }
  }

  /** It was asked for at other versions alone. */
  record Changed(long version) implements Rejection {

    @Override
    public String detail() {
      return "the instance is at version %d, and If-Match names others".formatted(version);
    }
  }

  /** The status does not allow the operation. */
  record NotAllowed(Stage stage, OperationKind kind) implements Rejection {

    @Override
    public String detail() {
      return Lifecycle.refusal(stage, kind);
    }
  }

  /** The status would allow it, but an instance does one thing at a time. */
  record UnderWay(Operation operation) implements Rejection {

    @Override
    public String detail() {
      return "a %s is under way (%s); only a delete can take its place"
          .formatted(operation.kind(), operation.id());
    }
  }
}
