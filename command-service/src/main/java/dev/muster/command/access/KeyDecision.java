package dev.muster.command.access;

import dev.muster.events.access.ApiKeyEvent;

/** What becomes of a command to an API key. */
public sealed interface KeyDecision {

  record Accepted(ApiKeyEvent event) implements KeyDecision {}

  /** It is as wanted already; nothing is written. */
  record Unchanged() implements KeyDecision {}

  record Rejected(KeyRejection why) implements KeyDecision {}
}
