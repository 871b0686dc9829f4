package dev.muster.events.codec;

import dev.muster.events.envelope.EncodedEvent;
import dev.muster.events.operator.OperatorEvent;
import java.util.List;

/** Operators' events to bytes and back. */
public final class OperatorEventCodec {

  private final TypedCodec<OperatorEvent> codec =
      new TypedCodec<>(OperatorEvent.class, EventType.OF_OPERATORS, List.of());

  public EncodedEvent encode(OperatorEvent event) {
    return codec.encode(event);
  }

  /**
   * @throws UnreadableMessageException when the type or revision is unknown, or the data is not as
   *     its type says
   */
  public OperatorEvent decode(EncodedEvent encoded) {
    return codec.decode(encoded);
  }
}
