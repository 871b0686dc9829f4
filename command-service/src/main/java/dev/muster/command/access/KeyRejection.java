package dev.muster.command.access;

/** Why a command to an API key cannot be. Expected, and the caller can do something about it. */
public enum KeyRejection {
  UNKNOWN("there is no such key"),
  EXISTS("a key of that id was issued before"),
  ENDED("the key is revoked or expired, and cannot be replaced any more; issue a new one"),
  REPLACED("the key was replaced before; replace its successor, or issue a new one");

  private final String detail;

  KeyRejection(String detail) {
    this.detail = detail;
  }

  /** One sentence for a person. */
  public String detail() {
    return detail;
  }
}
