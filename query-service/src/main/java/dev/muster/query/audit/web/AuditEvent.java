package dev.muster.query.audit.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.muster.events.audit.Salts;
import dev.muster.events.audit.SealedEvent;
import dev.muster.events.envelope.Actor;
import dev.muster.events.view.Rfc3339;
import dev.muster.query.env.EnvValues;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * An event in the audit log, with all that its entry is made of.
 *
 * @param leafIndex its place in the log, from 0 and without gaps
 * @param subject the instance that it is about, or the API key, or the operation of an operator
 * @param sequence its place in the history of that
 * @param type what happened, such as {@code InstanceStarted}; more kinds may come
 * @param revision of the JSON of that type
 * @param actor who caused it
 * @param causation the message that caused it, or null when a caller did
 * @param traceparent W3C trace context, or null outside a trace
 * @param sourceIp where the request came from, or null
 * @param data the stored JSON, to the byte, but that without the scope {@code operate} the values
 *     of {@code env} are masked, and it does not make up the entry's hash
 * @param salts what stands before the values whose hashes are in the entry
 */
record AuditEvent(
    @Schema(minimum = "0") long leafIndex,
    String eventId,
    String subject,
    @Schema(minimum = "1") long sequence,
    String type,
    @Schema(minimum = "1") int revision,
    @Schema(format = "date-time") String occurredAt,
    Actor actor,
    String requestId,
    @Nullable String causation,
    @Nullable String traceparent,
    @Nullable String sourceIp,
    @JsonRawValue String data,
    EntrySalts salts) {

  /**
   * Base64 of 16 bytes each.
   *
   * @param actorName of the actor's name
   * @param sourceIp of the source address
   * @param data of the canonical JSON of the data
   */
  record EntrySalts(String actorName, String sourceIp, String data) {

    static EntrySalts of(Salts salts) {
      var base64 = Base64.getEncoder();
      return new EntrySalts(
          base64.encodeToString(salts.actorName()),
          base64.encodeToString(salts.sourceIp()),
          base64.encodeToString(salts.data()));
    }
  }

  static AuditEvent of(SealedEvent sealed, EnvValues env) {
    var event = sealed.event();
    var correlation = event.correlation();
    return new AuditEvent(
        event.position(),
        event.eventId(),
        event.subject(),
        event.sequence(),
        event.encoded().type(),
        event.encoded().revision(),
        Rfc3339.of(event.at()),
        correlation.actor(),
        correlation.requestId(),
        correlation.causation(),
        correlation.traceparent(),
        correlation.sourceIp(),
        env.in(new String(event.encoded().data(), UTF_8)),
        EntrySalts.of(sealed.salts()));
  }
}
