package dev.muster.events.instance;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a user can ask a host to do with an instance. */
public enum OperationKind {
  CREATE,
  PAUSE,
  RESUME,
  RESTART,
  DELETE;

  @JsonValue
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  @JsonCreator
  static OperationKind of(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }
}
