package dev.muster.command.instance.web;

import dev.muster.command.repeat.web.Given;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.springframework.http.HttpHeaders;

/**
 * On what terms a caller gives a command.
 *
 * @param versions of the instance at which alone it is to be done; any when empty
 * @param since as in {@link Given}
 */
record Terms(Patience patience, Optional<Set<Long>> versions, OptionalLong since) {

  static Terms of(HttpHeaders headers) {
    return new Terms(
        Patience.of(headers.getOrEmpty("Prefer")),
        IfMatch.versions(headers.getOrEmpty(HttpHeaders.IF_MATCH)),
        OptionalLong.empty());
  }

  /** A new instance has no version that anybody could know. */
  static Terms ofCreation(HttpHeaders headers) {
    var patience = Patience.of(headers.getOrEmpty("Prefer"));
    return new Terms(patience, Optional.empty(), OptionalLong.empty());
  }

  Terms with(Given given) {
    return new Terms(patience, versions, given.since());
  }
}
