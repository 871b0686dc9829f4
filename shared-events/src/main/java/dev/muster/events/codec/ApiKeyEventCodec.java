package dev.muster.events.codec;

import dev.muster.events.access.ApiKeyEvent;
import dev.muster.events.envelope.EncodedEvent;
import java.util.List;

/** API keys' events to bytes and back. */
public final class ApiKeyEventCodec {

  private final TypedCodec<ApiKeyEvent> codec =
      new TypedCodec<>(ApiKeyEvent.class, EventType.OF_KEYS, List.of());

  public EncodedEvent encode(ApiKeyEvent event) {
    return codec.encode(event);
  }

  /**
   * @throws UnreadableMessageException when the type or revision is unknown, or the data is not as
   *     its type says
   */
  public ApiKeyEvent decode(EncodedEvent encoded) {
    return codec.decode(encoded);
  }
}
