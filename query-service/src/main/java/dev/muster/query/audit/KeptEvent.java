package dev.muster.query.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.events.audit.Salts;
import dev.muster.events.audit.SealedEvent;
import dev.muster.events.codec.Json;
import dev.muster.events.envelope.Actor;
import dev.muster.events.envelope.Correlation;
import dev.muster.events.envelope.EncodedEvent;
import dev.muster.events.envelope.RecordedEvent;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A sealed event as one piece of JSON in the read store: there are many, and only a few of their
 * fields are searched by.
 *
 * @param data the event's JSON, to the byte
 * @param salts base64
 */
record KeptEvent(
    String eventId,
    String subject,
    long sequence,
    long position,
    Instant at,
    Actor actor,
    String requestId,
    @Nullable String sourceIp,
    @Nullable String causation,
    @Nullable String traceparent,
    String type,
    int revision,
    String data,
    String salts) {

  static byte[] write(SealedEvent sealed) {
    var event = sealed.event();
    var correlation = event.correlation();
    return Json.write(
        new KeptEvent(
            event.eventId(),
            event.subject(),
            event.sequence(),
            event.position(),
            event.at(),
            correlation.actor(),
            correlation.requestId(),
            correlation.sourceIp(),
            correlation.causation(),
            correlation.traceparent(),
            event.encoded().type(),
            event.encoded().revision(),
            new String(event.encoded().data(), UTF_8),
            Base64.getEncoder().encodeToString(sealed.salts().bytes())));
  }

  static SealedEvent read(byte[] json) {
    var kept = Json.read(json, KeptEvent.class);
    return new SealedEvent(
        new RecordedEvent(
            kept.eventId,
            kept.subject,
            kept.sequence,
            kept.position,
            kept.at,
            new Correlation(
                kept.actor, kept.requestId, kept.sourceIp, kept.causation, kept.traceparent),
            new EncodedEvent(kept.type, kept.revision, kept.data.getBytes(UTF_8))),
        new Salts(Base64.getDecoder().decode(kept.salts)));
  }
}
