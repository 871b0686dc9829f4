package dev.muster.query;

import dev.muster.events.access.ApiKeyEvent;
import dev.muster.events.access.ApiKeyEvent.KeyIssued;
import dev.muster.events.access.Scope;
import dev.muster.events.codec.ApiKeyEventCodec;
import dev.muster.events.envelope.Actor;
import dev.muster.events.envelope.Correlation;
import dev.muster.events.envelope.RecordedEvent;
import dev.muster.events.instance.Ids;
import dev.muster.web.key.PresentedKey;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;

/** What happens to API keys, as the command service would record it. */
public final class KeyStory {

  private KeyStory() {}

  public static KeyIssued issued(PresentedKey key, Instant at, Scope... scopes) {
    var hash = HexFormat.of().formatHex(key.hash());
    return new KeyIssued(key.id(), "k", List.of(scopes), hash, null, null, at);
  }

  /**
   * @param sequence of the event in the history of its key
   * @param position in the history of everything
   */
  public static RecordedEvent recorded(ApiKeyEvent event, long sequence, long position) {
    return new RecordedEvent(
        Ids.newEvent(),
        event.keyId(),
        sequence,
        position,
        event.at(),
        new Correlation(new Actor("key_admin", "admin"), "req_1", null, null, null),
        new ApiKeyEventCodec().encode(event));
  }
}
