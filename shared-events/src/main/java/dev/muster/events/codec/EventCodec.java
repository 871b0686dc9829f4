package dev.muster.events.codec;

import dev.muster.events.envelope.EncodedEvent;
import dev.muster.events.instance.InstanceEvent;
import java.util.List;

/**
 * Instances' events to bytes and back, through the upcasters when they are of an older revision.
 */
public final class EventCodec {

  private final TypedCodec<InstanceEvent> codec;

  public EventCodec() {
    this(EventType.ALL, List.of());
  }

  EventCodec(List<EventType> types, List<Upcaster> upcasters) {
    this.codec = new TypedCodec<>(InstanceEvent.class, types, upcasters);
  }

  public EncodedEvent encode(InstanceEvent event) {
    return codec.encode(event);
  }

  /** The logical name of an event's type. */
  public String nameOf(InstanceEvent event) {
    return codec.nameOf(event);
  }

  /**
   * @throws UnreadableMessageException when the type or revision is unknown, or the data is not as
   *     its type says
   */
  public InstanceEvent decode(EncodedEvent encoded) {
    return codec.decode(encoded);
  }
}
