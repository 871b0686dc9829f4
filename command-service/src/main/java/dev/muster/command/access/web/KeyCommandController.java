package dev.muster.command.access.web;

import static org.springframework.http.MediaType.APPLICATION_JSON_VALUE;

import dev.muster.command.idempotency.web.IdempotentCalls;
import dev.muster.command.idempotency.web.IdempotentIds;
import dev.muster.events.access.ApiKeyState;
import dev.muster.events.access.Scope;
import dev.muster.events.envelope.Correlation;
import dev.muster.web.contract.Answers;
import dev.muster.web.contract.Refuses;
import dev.muster.web.contract.Takes;
import dev.muster.web.key.KeyRing;
import dev.muster.web.key.PresentedKey;
import dev.muster.web.key.RequiresScope;
import dev.muster.web.problem.ProblemException;
import dev.muster.web.problem.ProblemType;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** The calls that issue, replace and revoke API keys. Ids, secrets and times come in here. */
@RestController
@RequestMapping("/api/keys")
@RequiresScope(Scope.ADMIN)
@Tag(name = "keys")
final class KeyCommandController {

  private static final Pattern KEY_ID = Pattern.compile(NewKeyBody.KEY_ID);

  private final KeyCalls calls;
  private final IdempotentCalls idempotent;
  private final KeyRing ring;
  private final Clock clock;

  KeyCommandController(KeyCalls calls, IdempotentCalls idempotent, KeyRing ring, Clock clock) {
    this.calls = calls;
    this.idempotent = idempotent;
    this.ring = ring;
    this.clock = clock;
  }

  /**
   * Issues an API key, in the place of another if so wished. Its secret is shown this once: when
   * the answer is given again under its {@code Idempotency-Key}, {@code key} is null.
   */
  @PostMapping(produces = APPLICATION_JSON_VALUE)
  @Operation(operationId = "issueKey")
  @Takes(headers = "Idempotency-Key", body = NewKey.class)
  @Answers(
      status = 201,
      body = IssuedKey.class,
      headers = {"Location", "Cache-Control", "Idempotent-Replayed", "Read-Side"})
  @Refuses({
    ProblemType.INVALID_REQUEST,
    ProblemType.NOT_FOUND,
    ProblemType.CONFLICT,
    ProblemType.IDEMPOTENCY_MISMATCH
  })
  ResponseEntity<Object> issue(
      @RequestBody(required = false) @Nullable JsonNode body,
      @RequestHeader HttpHeaders headers,
      Correlation caller) {
    var now = now();
    var wanted = NewKeyBody.read(body, now);
    if (wanted.replaces() != null) {
      refuseAdmin(wanted.replaces());
    }
    return idempotent.once(
        headers,
        caller,
        PresentedKey.generate().id(),
        "issue key " + body,
        ids -> issued(ids, wanted, now, caller));
  }

  /** Revokes an API key: it opens nowhere any more, within a second. Twice changes nothing. */
  @DeleteMapping("/{id}")
  @Operation(operationId = "revokeKey")
  @Takes(headers = "Idempotency-Key")
  @Answers(
      status = 204,
      body = void.class,
      headers = {"Idempotent-Replayed", "Read-Side"})
  @Refuses({
    ProblemType.INVALID_REQUEST,
    ProblemType.NOT_FOUND,
    ProblemType.CONFLICT,
    ProblemType.IDEMPOTENCY_MISMATCH
  })
  ResponseEntity<Object> revoke(
      @PathVariable String id, @RequestHeader HttpHeaders headers, Correlation caller) {
    refuseAdmin(id);
    if (!KEY_ID.matcher(id).matches()) {
      throw new ProblemException(ProblemType.NOT_FOUND, "there is no key '%s'".formatted(id));
    }
    return idempotent.once(
        headers,
        caller,
        id,
        "revoke " + id,
        _ -> headed(HttpStatus.NO_CONTENT, calls.revoke(id, now(), caller)).build());
  }

  private ResponseEntity<Object> issued(
      IdempotentIds ids, KeyRequest wanted, Instant now, Correlation caller) {
    var key = PresentedKey.generate(ids.targetId().substring("key_".length()));
    var state = calls.issue(key, wanted, now, caller);
    return headed(HttpStatus.CREATED, state)
        .location(URI.create("/api/keys/" + state.keyId()))
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .body(IssuedKey.of(state, key.text()));
  }

  private ResponseEntity.BodyBuilder headed(HttpStatus status, ApiKeyState key) {
    var answer = ResponseEntity.status(status);
    return calls.isKnown(key) ? answer : answer.header("Read-Side", "behind");
  }

  private void refuseAdmin(String keyId) {
    if (ring.isAdmin(keyId)) {
      throw new ProblemException(
          ProblemType.CONFLICT,
          "the admin key is set by muster.api-key (MUSTER_API_KEY), or by the data folder; change"
              + " it there");
    }
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
