package dev.muster.events;

/**
 * A sample of one message type.
 *
 * @param revision in which the type is written today
 */
public record Message(String type, int revision, Object value) {

  /** As golden files and schemas are called. */
  public String fileName() {
    return type + "." + revision + ".json";
  }

  @Override
  public String toString() {
    return type + "." + revision;
  }
}
