package dev.muster.command.access;

import dev.muster.events.access.ApiKeyState;
import org.jspecify.annotations.Nullable;

/**
 * What the aggregate answers.
 *
 * @param state the key after the decision, or null when there is none
 */
public record KeyReply(KeyDecision decision, @Nullable ApiKeyState state) {

  public static KeyReply rejected(KeyRejection why) {
    return new KeyReply(new KeyDecision.Rejected(why), null);
  }
}
