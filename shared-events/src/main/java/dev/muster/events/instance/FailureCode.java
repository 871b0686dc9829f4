package dev.muster.events.instance;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Why an operation failed. */
public enum FailureCode {
  /** The host said no, or could not; what it said is the reason. */
  REFUSED,
  /** No outcome came before the deadline; what the host did is not known. */
  EXPIRED,
  /** A delete took its place. */
  SUPERSEDED;

  /**
   * Whether nobody can vouch for an instance after an operation of that kind failed so. A pause or
   * resume neither starts nor ends a run, and what a delete supersedes is the delete's to clear up.
   */
  public boolean leavesError(OperationKind kind) {
    return switch (this) {
      case REFUSED, EXPIRED -> kind != OperationKind.PAUSE && kind != OperationKind.RESUME;
      case SUPERSEDED -> false;
    };
  }

  @JsonValue
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  @JsonCreator
  static FailureCode of(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }
}
