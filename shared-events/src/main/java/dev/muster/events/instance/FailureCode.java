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
