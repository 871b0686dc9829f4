package dev.muster.events.envelope;

/**
 * Who caused an event.
 *
 * @param id an API key's id, or {@code worker:<name>}, or {@code platform}
 * @param name what people call it
 */
public record Actor(String id, String name) {

  /** The platform itself: deadlines and restart policies act in its name. */
  public static final Actor PLATFORM = new Actor("platform", "platform");

  public static Actor worker(String name) {
    return new Actor("worker:" + name, name);
  }
}
