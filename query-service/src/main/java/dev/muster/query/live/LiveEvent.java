package dev.muster.query.live;

import dev.muster.events.envelope.RecordedEvent;
import dev.muster.query.env.EnvValues;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;

/** An event on its way to those who follow; what they are sent is made once, when first asked. */
final class LiveEvent {

  private static final int BARE = 1_000;

  private final RecordedEvent recorded;
  private final boolean shown;
  private final BiFunction<RecordedEvent, EnvValues, byte[]> writing;
  private final Map<EnvValues, byte[]> frames = new ConcurrentHashMap<>(2);

  /**
   * @param shown whether it is for callers to see; the others only have their places
   */
  LiveEvent(
      RecordedEvent recorded, boolean shown, BiFunction<RecordedEvent, EnvValues, byte[]> writing) {
    this.recorded = recorded;
    this.shown = shown;
    this.writing = writing;
  }

  long position() {
    return recorded.position();
  }

  String instanceId() {
    return recorded.subject();
  }

  boolean isShown() {
    return shown;
  }

  /** About how much memory it takes. */
  int bytes() {
    return BARE + 3 * recorded.encoded().data().length;
  }

  /** The same bytes for everyone who sees as much; nobody changes them. */
  byte[] frame(EnvValues env) {
    return frames.computeIfAbsent(env, _ -> writing.apply(recorded, env));
  }
}
