package dev.muster.command.access;

import dev.muster.events.access.Scope;
import java.time.Instant;
import java.util.List;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/** Something that is asked of one API key. Times and ids are given by the caller. */
public sealed interface ApiKeyCommand {

  String keyId();

  /** When the command is given; the event that comes of it carries this time. */
  Instant at();

  /**
   * @param hash SHA-256 of the key as its holder has it, hexadecimal
   * @param replaces the key whose place it takes, or null
   */
  record IssueKey(
      @TargetAggregateIdentifier String keyId,
      String name,
      List<Scope> scopes,
      String hash,
      @Nullable Instant expiresAt,
      @Nullable String replaces,
      Instant at)
      implements ApiKeyCommand {}

  /**
   * Another key takes its place.
   *
   * @param until when it ends, unless it would have ended before
   */
  record ReplaceKey(
      @TargetAggregateIdentifier String keyId, String successor, Instant until, Instant at)
      implements ApiKeyCommand {}

  /** It was seen, coming from that address. */
  record RecordKeyUse(@TargetAggregateIdentifier String keyId, String sourceIp, Instant at)
      implements ApiKeyCommand {}

  record RevokeKey(@TargetAggregateIdentifier String keyId, Instant at) implements ApiKeyCommand {}
}
