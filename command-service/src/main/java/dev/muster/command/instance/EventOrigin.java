package dev.muster.command.instance;

import dev.muster.events.envelope.Correlation;
import org.axonframework.messaging.MetaData;

/** Carries the {@link Correlation} of a command to its events, in Axon's metadata. */
public final class EventOrigin {

  /** The one metadata key of this platform. */
  public static final String KEY = "muster.correlation";

  private EventOrigin() {}

  public static MetaData metaData(Correlation correlation) {
    return MetaData.with(KEY, correlation);
  }

  /**
   * @throws IllegalArgumentException when there is none: every event says where it came from
   */
  public static Correlation of(MetaData metaData) {
    if (metaData.get(KEY) instanceof Correlation correlation) {
      return correlation;
    }
    throw new IllegalArgumentException("no " + KEY + " in the metadata");
  }
}
