package dev.muster.command.idempotency.web;

import dev.muster.command.eventstore.EventStoreUnavailableException;
import dev.muster.command.eventstore.RememberedCalls.Call;
import dev.muster.command.idempotency.IdempotencyStore;
import dev.muster.events.envelope.Correlation;
import dev.muster.events.instance.Ids;
import dev.muster.web.problem.ProblemException;
import dev.muster.web.problem.ProblemType;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/**
 * {@code Idempotency-Key}: a call that is made again under its key is done once and answered the
 * same, at whichever replica and after any crash, for a day. Kept are answers about something done;
 * after any other the call may be made again.
 *
 * @see <a href="https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/">The
 *     Idempotency-Key HTTP Header Field</a>
 */
@Component
public final class IdempotentCalls {

  private static final Logger log = LoggerFactory.getLogger(IdempotentCalls.class);
  private static final String HEADER = "Idempotency-Key";
  private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,255}");

  private final IdempotencyStore store;
  private final AnswerCodec answers;

  IdempotentCalls(IdempotencyStore store, AnswerCodec answers) {
    this.store = store;
    this.answers = answers;
  }

  /**
   * @param targetId what it is about, when it is made for the first time
   * @param asked everything that makes it this call and no other
   */
  public ResponseEntity<Object> once(
      HttpHeaders headers,
      Correlation caller,
      String targetId,
      String asked,
      Function<IdempotentIds, ResponseEntity<Object>> call) {
    var key = key(headers.getOrEmpty(HEADER));
    if (key.isEmpty()) {
      return call.apply(new IdempotentIds(targetId, Ids.newOperation(), OptionalLong.empty()));
    }
    var first = first(caller, key.get(), fingerprint(asked), targetId);
    if (!first.fingerprint().equals(fingerprint(asked))) {
      throw new ProblemException(
          ProblemType.IDEMPOTENCY_MISMATCH,
          "the %s '%s' was used for another call within a day".formatted(HEADER, first.key()));
    }
    return first.answer().isPresent()
        ? answers.again(first.answer().get())
        : kept(
            first,
            call,
            new IdempotentIds(
                first.instanceId(), first.operationId(), OptionalLong.of(first.version())));
  }

  private Call first(Correlation caller, String key, String fingerprint, String targetId) {
    try {
      return store.first(caller.actor().id(), key, fingerprint, targetId, Ids.newOperation());
    } catch (EventStoreUnavailableException e) {
      log.warn("call_not_remembered cause=\"{}\": the caller is told to come back", e.getMessage());
      throw ProblemException.unavailable("commands cannot be taken now; try again soon");
    }
  }

  private ResponseEntity<Object> kept(
      Call first, Function<IdempotentIds, ResponseEntity<Object>> call, IdempotentIds ids) {
    try {
      var answer = call.apply(ids);
      store.answered(first, answers.encode(forLater(answer)));
      return answer;
    } catch (ProblemException e) {
      if (e.type() == ProblemType.OPERATION_FAILED) {
        store.answered(first, answers.encode(e));
      }
      throw e;
    }
  }

  private static ResponseEntity<Object> forLater(ResponseEntity<Object> answer) {
    return answer.getBody() instanceof SecretBody body
        ? ResponseEntity.status(answer.getStatusCode())
            .headers(answer.getHeaders())
            .body(body.forLater())
        : answer;
  }

  private static Optional<String> key(List<String> values) {
    if (values.isEmpty()) {
      return Optional.empty();
    }
    if (values.size() > 1 || !KEY.matcher(values.getFirst()).matches()) {
      throw new ProblemException(
          ProblemType.INVALID_REQUEST,
          HEADER + " is given once, and takes 1 to 255 visible ASCII characters");
    }
    return Optional.of(values.getFirst());
  }

  private static String fingerprint(String asked) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(asked.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
