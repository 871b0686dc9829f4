package dev.muster.events.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.events.codec.Json;
import dev.muster.events.envelope.RecordedEvent;
import dev.muster.events.view.Rfc3339;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import org.erdtman.jcs.JsonCanonicalizer;
import org.jspecify.annotations.Nullable;

/**
 * An entry: canonical JSON that says who did what to which instance, when and in which order. What
 * people wrote or can be found by is there as a hash: the base64 of {@code SHA-256(salt || value)},
 * the value of {@code data} being its canonical JSON.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8785.html">RFC 8785, JSON canonicalization</a>
 */
final class Entry {

  private static final int VERSION = 1;

  private Entry() {}

  static byte[] of(RecordedEvent event, Salts salts) {
    var correlation = event.correlation();
    var fields = new TreeMap<String, Object>();
    fields.put("v", VERSION);
    fields.put("event_id", event.eventId());
    fields.put("subject", event.subject());
    fields.put("sequence", event.sequence());
    fields.put("type", event.encoded().type());
    fields.put("revision", event.encoded().revision());
    fields.put("occurred_at", Rfc3339.of(event.at()));
    fields.put("actor_id", correlation.actor().id());
    fields.put("actor_name", hash(salts.actorName(), correlation.actor().name().getBytes(UTF_8)));
    fields.put("request_id", correlation.requestId());
    put(fields, "causation", correlation.causation());
    put(fields, "traceparent", correlation.traceparent());
    var sourceIp = correlation.sourceIp();
    put(fields, "source_ip", sourceIp == null ? null : hash(salts.sourceIp(), bytes(sourceIp)));
    fields.put("data", hash(salts.data(), canonical(event.encoded().data())));
    return canonical(Json.write(fields));
  }

  private static void put(Map<String, Object> fields, String name, @Nullable String value) {
    if (value != null) {
      fields.put(name, value);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static String hash(byte[] salt, byte[] value) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      digest.update(salt);
      return Base64.getEncoder().encodeToString(digest.digest(value));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }

  /** What is not such JSON stays as it is: an event must not be kept from being sealed. */
  private static byte[] canonical(byte[] json) {
    try {
      return new JsonCanonicalizer(json).getEncodedUTF8();
    } catch (IOException e) {
      return json;
    }
  }
}
