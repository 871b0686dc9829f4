package dev.muster.command.instance.web;

import dev.muster.command.idempotency.web.IdempotentIds;
import dev.muster.command.instance.InstanceCommand.Ask;
import dev.muster.command.instance.InstanceCommand.CreateInstance;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.springframework.http.HttpHeaders;

/**
 * On what terms a caller gives a command.
 *
 * @param versions of the instance at which alone it is to be done; any when empty
 * @param since as in {@link IdempotentIds}
 * @param spent of the wait, before the command was given
 */
record Preconditions(
    WaitPreference preferredWait,
    Optional<Set<Long>> versions,
    OptionalLong since,
    Duration spent) {

  static Preconditions of(HttpHeaders headers) {
    return new Preconditions(
        WaitPreference.of(headers.getOrEmpty("Prefer")),
        IfMatch.versions(headers.getOrEmpty(HttpHeaders.IF_MATCH)),
        OptionalLong.empty(),
        Duration.ZERO);
  }

  /** A new instance has no version that anybody could know. */
  static Preconditions ofCreation(HttpHeaders headers) {
    var preferredWait = WaitPreference.of(headers.getOrEmpty("Prefer"));
    return new Preconditions(preferredWait, Optional.empty(), OptionalLong.empty(), Duration.ZERO);
  }

  Preconditions with(IdempotentIds ids) {
    return new Preconditions(preferredWait, versions, ids.since(), spent);
  }

  Preconditions spending(Duration time) {
    return new Preconditions(preferredWait, versions, since, spent.plus(time));
  }

  /** How long its outcome is waited for; empty when a creation is answered at once. */
  Optional<Duration> waitFor(Ask command) {
    if (!(command instanceof CreateInstance)) {
      return Optional.of(preferredWait.forOutcome());
    }
    return preferredWait
        .forCreation()
        .map(wait -> wait.minus(spent))
        .map(left -> left.isNegative() ? Duration.ZERO : left);
  }
}
