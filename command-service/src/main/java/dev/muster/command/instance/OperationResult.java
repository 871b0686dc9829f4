package dev.muster.command.instance;

import org.jspecify.annotations.Nullable;

/** What a host made of an operation. */
public sealed interface OperationResult {

  /** The host is as the operation wanted it. */
  record Succeeded(String host) implements OperationResult {}

  /** The host could not do it; {@code host} is null when none could be chosen. */
  record Refused(@Nullable String host, String reason) implements OperationResult {}
}
