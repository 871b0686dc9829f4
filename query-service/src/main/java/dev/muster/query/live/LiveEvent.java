package dev.muster.query.live;

import dev.muster.events.envelope.RecordedEvent;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An event on its way to those who follow; what they are sent is made once, when first asked. */
final class LiveEvent {

  private static final int BARE = 1_000;

  private final RecordedEvent recorded;
  private final boolean shown;
  private final Function<RecordedEvent, byte[]> writing;
  private volatile byte @Nullable [] frame;

  /**
   * @param shown whether it is for callers to see; the others only have their places
   */
  LiveEvent(RecordedEvent recorded, boolean shown, Function<RecordedEvent, byte[]> writing) {
    this.recorded = recorded;
    this.shown = shown;
    this.writing = writing;
  }

  long position() {
    return recorded.position();
  }

  String instanceId() {
    return recorded.instanceId();
  }

  boolean isShown() {
    return shown;
  }

  /** About how much memory it takes. */
  int bytes() {
    return BARE + 2 * recorded.encoded().data().length;
  }

  /** The same bytes for everyone; nobody changes them. */
  byte[] frame() {
    var made = frame;
    if (made == null) {
      made = writing.apply(recorded);
      frame = made;
    }
    return made;
  }
}
