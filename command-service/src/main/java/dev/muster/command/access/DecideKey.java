package dev.muster.command.access;

import dev.muster.command.access.ApiKeyCommand.IssueKey;
import dev.muster.command.access.ApiKeyCommand.RecordKeyUse;
import dev.muster.command.access.ApiKeyCommand.ReplaceKey;
import dev.muster.command.access.ApiKeyCommand.RevokeKey;
import dev.muster.command.access.KeyDecision.Accepted;
import dev.muster.command.access.KeyDecision.Rejected;
import dev.muster.command.access.KeyDecision.Unchanged;
import dev.muster.events.access.ApiKeyEvent.KeyIssued;
import dev.muster.events.access.ApiKeyEvent.KeyReplaced;
import dev.muster.events.access.ApiKeyEvent.KeyRevoked;
import dev.muster.events.access.ApiKeyEvent.KeyUsedFrom;
import dev.muster.events.access.ApiKeyState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** From a key and a command to what happens, and nothing else. */
final class DecideKey {

  /** Of a key that comes from anywhere, more addresses would tell nobody anything. */
  private static final int ADDRESSES_KEPT = 100;

  private DecideKey() {}

  /**
   * @param state null when there is no such key
   */
  static KeyDecision decide(@Nullable ApiKeyState state, ApiKeyCommand command) {
    if (command instanceof IssueKey issue) {
      return state == null ? issued(issue) : new Rejected(KeyRejection.EXISTS);
    }
    if (state == null) {
      return new Rejected(KeyRejection.UNKNOWN);
    }
    return switch (command) {
      case IssueKey _ -> new Rejected(KeyRejection.EXISTS);
      case ReplaceKey it -> replaced(state, it);
      case RecordKeyUse it -> seen(state, it);
      case RevokeKey it ->
          state.revokedAt() == null
              ? new Accepted(new KeyRevoked(it.keyId(), it.at()))
              : new Unchanged();
    };
  }

  private static KeyDecision issued(IssueKey it) {
    return new Accepted(
        new KeyIssued(
            it.keyId(), it.name(), it.scopes(), it.hash(), it.expiresAt(), it.replaces(), it.at()));
  }

  private static KeyDecision replaced(ApiKeyState state, ReplaceKey it) {
    if (it.successor().equals(state.successor())) {
      return new Unchanged();
    }
    if (state.successor() != null) {
      return new Rejected(KeyRejection.REPLACED);
    }
    if (!state.isGoodAt(it.at())) {
      return new Rejected(KeyRejection.ENDED);
    }
    return new Accepted(
        new KeyReplaced(
            it.keyId(), it.successor(), earlier(state.expiresAt(), it.until()), it.at()));
  }

  private static KeyDecision seen(ApiKeyState state, RecordKeyUse it) {
    var isNews =
        state.usedFrom().size() < ADDRESSES_KEPT && !state.usedFrom().contains(it.sourceIp());
    return isNews
        ? new Accepted(new KeyUsedFrom(it.keyId(), it.sourceIp(), it.at()))
        : new Unchanged();
  }

  private static Instant earlier(@Nullable Instant one, Instant other) {
    return one != null && one.isBefore(other) ? one : other;
  }
}
