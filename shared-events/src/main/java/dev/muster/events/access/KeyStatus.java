package dev.muster.events.access;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Whether a key opens, and why it does not. */
public enum KeyStatus {
  ACTIVE,
  EXPIRED,
  REVOKED;

  @JsonValue
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
