package dev.muster.command.access.web;

import dev.muster.command.access.ApiKeyCommand;
import dev.muster.command.access.ApiKeyCommand.IssueKey;
import dev.muster.command.access.ApiKeyCommand.ReplaceKey;
import dev.muster.command.access.ApiKeyCommand.RevokeKey;
import dev.muster.command.access.KeyDecision.Rejected;
import dev.muster.command.access.KeyRejection;
import dev.muster.command.dispatch.KeyCommands;
import dev.muster.command.eventstore.EventStoreUnavailableException;
import dev.muster.events.access.ApiKeyState;
import dev.muster.events.envelope.Correlation;
import dev.muster.web.key.KeyRing;
import dev.muster.web.key.PresentedKey;
import dev.muster.web.problem.ProblemException;
import dev.muster.web.problem.ProblemType;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Gives commands to API keys, and waits until what came of them holds everywhere. */
@Component
final class KeyCalls {

  private static final Logger log = LoggerFactory.getLogger(KeyCalls.class);
  private static final Duration KNOWN_WITHIN = Duration.ofSeconds(2);

  private final KeyCommands commands;
  private final KeyRing ring;

  KeyCalls(KeyCommands commands, KeyRing ring) {
    this.commands = commands;
    this.ring = ring;
  }

  /**
   * @throws ProblemException 409 when the key to be replaced cannot be, or the id is taken
   */
  ApiKeyState issue(PresentedKey key, KeyRequest wanted, Instant now, Correlation caller) {
    var replaces = wanted.replaces();
    if (replaces == null) {
      return issue(key, Objects.requireNonNull(wanted.name()), wanted, now, caller);
    }
    var old = ring.find(replaces).orElseThrow(() -> refusal(replaces, KeyRejection.UNKNOWN));
    var name = Objects.requireNonNullElse(wanted.name(), old.name());
    var scopes = wanted.scopes().isEmpty() ? old.scopes() : wanted.scopes();
    var successor =
        new KeyRequest(name, scopes, wanted.expiresAt(), wanted.replaces(), wanted.overlap());
    var issued = issue(key, name, successor, now, caller);
    replace(old.keyId(), issued, now.plus(wanted.overlap()), caller);
    return issued;
  }

  /** Revoking twice changes nothing the second time. */
  ApiKeyState revoke(String keyId, Instant now, Correlation caller) {
    var state = send(new RevokeKey(keyId, now), caller);
    log.info("key_revoked key={} actor={}", keyId, caller.actor().id());
    return state;
  }

  /** Whether the key is known as it is now, by every service that follows its events. */
  boolean isKnown(ApiKeyState key) {
    try {
      return ring.await(key.keyId(), key.version(), KNOWN_WITHIN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private ApiKeyState issue(
      PresentedKey key, String name, KeyRequest wanted, Instant now, Correlation caller) {
    var issued =
        send(
            new IssueKey(
                key.id(),
                name,
                wanted.scopes(),
                HexFormat.of().formatHex(key.hash()),
                wanted.expiresAt(),
                wanted.replaces(),
                now),
            caller);
    log.info(
        "key_issued key={} scopes={} actor={}",
        issued.keyId(),
        issued.scopes(),
        caller.actor().id());
    return issued;
  }

  // Somebody else may have replaced it in this moment; a key that nobody was told of must not stay.
  private void replace(String old, ApiKeyState issued, Instant until, Correlation caller) {
    try {
      send(new ReplaceKey(old, issued.keyId(), until, issued.issuedAt()), caller);
    } catch (ProblemException e) {
      revoke(issued.keyId(), issued.issuedAt(), caller);
      throw e;
    }
  }

  private ApiKeyState send(ApiKeyCommand command, Correlation caller) {
    try {
      var reply = commands.send(command, caller);
      if (reply.decision() instanceof Rejected(var why)) {
        throw refusal(command.keyId(), why);
      }
      return Objects.requireNonNull(reply.state());
    } catch (EventStoreUnavailableException e) {
      log.warn(
          "key_command_unavailable key={} cause=\"{}\": the caller is told to come back",
          command.keyId(),
          e.getMessage());
      throw ProblemException.unavailable("keys cannot be changed now; try again soon");
    }
  }

  private static ProblemException refusal(String keyId, KeyRejection why) {
    return switch (why) {
      case UNKNOWN ->
          new ProblemException(ProblemType.NOT_FOUND, "there is no key '%s'".formatted(keyId));
      case EXISTS, ENDED, REPLACED -> new ProblemException(ProblemType.CONFLICT, why.detail());
    };
  }
}
