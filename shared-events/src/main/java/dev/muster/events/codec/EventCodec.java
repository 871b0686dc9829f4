package dev.muster.events.codec;

import dev.muster.events.envelope.EncodedEvent;
import dev.muster.events.instance.InstanceEvent;
import java.util.List;

/**
 * Instances' events to bytes and back, through the upcasters when they are of an older revision.
 */
public final class EventCodec {

  /** An expired pause or resume left {@code error} once, and what ran was ended for it. */
  private static final Upcaster WHAT_A_FAILURE_LEFT =
      new Upcaster(
          "OperationFailed",
          1,
          json -> {
            var code = json.required("code").asString();
            var keepsRun = List.of("pause", "resume").contains(json.required("kind").asString());
            var left = code.equals("expired") || (code.equals("refused") && !keepsRun);
            return json.put("leaves_error", left);
          });

  private final TypedCodec<InstanceEvent> codec;

  public EventCodec() {
    this(EventType.ALL, List.of(WHAT_A_FAILURE_LEFT));
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
