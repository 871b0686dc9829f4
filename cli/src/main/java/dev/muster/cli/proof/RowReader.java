package dev.muster.cli.proof;

import dev.muster.cli.proof.AuditRow.RowSalts;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads rows, token by token, for there are many. It takes nothing that an entry does not vouch
 * for: a field that nobody knows could be put into a row unseen. One is for one thread.
 */
final class RowReader {

  private static final JsonFactory JSON = new JsonFactory();
  private static final int SALT = 16;

  /** A bit of its own for each field. */
  private static final Map<String, Integer> FIELDS =
      bits(
          "leaf_index",
          "event_id",
          "subject",
          "sequence",
          "type",
          "revision",
          "occurred_at",
          "actor",
          "request_id",
          "causation",
          "traceparent",
          "source_ip",
          "data",
          "salts");

  private final ByteText canonical = new ByteText();

  private long leafIndex;
  private long sequence;
  private long revision;
  private @Nullable String eventId;
  private @Nullable String subject;
  private @Nullable String type;
  private @Nullable String occurredAt;
  private @Nullable String actorId;
  private @Nullable String actorName;
  private @Nullable String requestId;
  private @Nullable String causation;
  private @Nullable String traceparent;
  private @Nullable String sourceIp;
  private byte @Nullable [] data;
  private RowSalts salts = new RowSalts(null, null, null);

  /**
   * @throws NoRowException when it is none, or has more in it than a row
   */
  AuditRow read(byte[] bytes, int begin, int length) {
    clear();
    try (var json = JSON.createParser(ObjectReadContext.empty(), bytes, begin, length)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new NoRowException("it is no JSON object");
      }
      int seen = 0;
      for (var name = json.nextName(); name != null; name = json.nextName()) {
        json.nextToken();
        read(name, json, bytes, begin);
        int field = FIELDS.getOrDefault(name, 0);
        if ((seen & field) != 0) {
          throw new NoRowException("'%s' is there twice".formatted(name));
        }
        seen |= field;
      }
      if (json.nextToken() != null) {
        throw new NoRowException("something stands behind it");
      }
      return row();
    } catch (JacksonException e) {
      throw new NoRowException("it is no JSON: " + e.getOriginalMessage());
    }
  }

  private static Map<String, Integer> bits(String... names) {
    var bits = new HashMap<String, Integer>();
    for (var name : names) {
      bits.put(name, 1 << bits.size());
    }
    return bits;
  }

  private void clear() {
    leafIndex = -1;
    sequence = -1;
    revision = -1;
    eventId = null;
    subject = null;
    type = null;
    occurredAt = null;
    actorId = null;
    actorName = null;
    requestId = null;
    causation = null;
    traceparent = null;
    sourceIp = null;
    data = null;
    salts = new RowSalts(null, null, null);
  }

  private void read(String name, JsonParser json, byte[] bytes, int lineBegin) {
    switch (name) {
      case "leaf_index" -> leafIndex = number(json, name);
      case "event_id" -> eventId = text(json, name);
      case "subject" -> subject = text(json, name);
      case "sequence" -> sequence = number(json, name);
      case "type" -> type = text(json, name);
      case "revision" -> revision = number(json, name);
      case "occurred_at" -> occurredAt = text(json, name);
      case "actor" -> actor(json);
      case "request_id" -> requestId = text(json, name);
      case "causation" -> causation = text(json, name);
      case "traceparent" -> traceparent = text(json, name);
      case "source_ip" -> sourceIp = text(json, name);
      case "data" -> data = data(json, bytes, lineBegin);
      case "salts" -> salts = salts(json);
      case ExportLines.ENTRY ->
          throw new NoRowException("it is missing, and what was signed for it stands there alone");
      default -> throw new NoRowException("no entry vouches for its field '%s'".formatted(name));
    }
  }

  private AuditRow row() {
    if (leafIndex < 0 || sequence < 0 || revision < 0) {
      throw new NoRowException("it has no leaf_index, sequence or revision");
    }
    return new AuditRow(
        leafIndex,
        needed(eventId, "event_id"),
        needed(subject, "subject"),
        sequence,
        needed(type, "type"),
        revision,
        needed(occurredAt, "occurred_at"),
        needed(actorId, "actor.id"),
        actorName,
        needed(requestId, "request_id"),
        causation,
        traceparent,
        sourceIp,
        data,
        salts);
  }

  private static String needed(@Nullable String value, String name) {
    if (value == null) {
      throw new NoRowException("it has no " + name);
    }
    return value;
  }

  private static long number(JsonParser json, String name) {
    if (json.currentToken() != JsonToken.VALUE_NUMBER_INT) {
      throw new NoRowException("its %s is no whole number".formatted(name));
    }
    return json.getLongValue();
  }

  private static @Nullable String text(JsonParser json, String name) {
    return switch (json.currentToken()) {
      case VALUE_STRING -> json.getString();
      case VALUE_NULL -> null;
      default -> throw new NoRowException("its %s is no text".formatted(name));
    };
  }

  private void actor(JsonParser json) {
    open(json, "actor");
    for (var name = json.nextName(); name != null; name = json.nextName()) {
      json.nextToken();
      if (name.equals("id") && actorId == null) {
        actorId = text(json, "actor.id");
      } else if (name.equals("name") && actorName == null) {
        actorName = text(json, "actor.name");
      } else {
        throw new NoRowException("no entry vouches for its field 'actor.%s'".formatted(name));
      }
    }
  }

  private static RowSalts salts(JsonParser json) {
    if (json.currentToken() == JsonToken.VALUE_NULL) {
      return new RowSalts(null, null, null);
    }
    open(json, "salts");
    var known = new RowSalts(null, null, null);
    for (var name = json.nextName(); name != null; name = json.nextName()) {
      json.nextToken();
      var salt = salt(text(json, "salts." + name));
      known =
          switch (name) {
            case "actor_name" -> new RowSalts(salt, known.sourceIp(), known.data());
            case "source_ip" -> new RowSalts(known.actorName(), salt, known.data());
            case "data" -> new RowSalts(known.actorName(), known.sourceIp(), salt);
            default ->
                throw new NoRowException(
                    "no entry vouches for its field 'salts.%s'".formatted(name));
          };
    }
    return known;
  }

  private static byte @Nullable [] salt(@Nullable String base64) {
    if (base64 == null) {
      return null;
    }
    try {
      var salt = Base64.getDecoder().decode(base64);
      // The last letter has bits that a lenient reader passes over.
      if (salt.length == SALT && Base64.getEncoder().encodeToString(salt).equals(base64)) {
        return salt;
      }
    } catch (IllegalArgumentException e) {
      // Said below, like a salt of another length.
    }
    throw new NoRowException("'%s' is no salt".formatted(base64));
  }

  private static void open(JsonParser json, String name) {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw new NoRowException("its %s is no object".formatted(name));
    }
  }

  private byte @Nullable [] data(JsonParser json, byte[] bytes, int lineBegin) {
    if (json.currentToken() == JsonToken.VALUE_NULL) {
      return null;
    }
    open(json, "data");
    var begin = json.currentTokenLocation().getByteOffset();
    int depth = json.streamReadContext().getNestingDepth();
    canonical.cutTo(0);
    try {
      CanonicalJson.value(json, canonical);
      return canonical.copy();
    } catch (NotCanonicalException e) {
      while (json.streamReadContext().getNestingDepth() >= depth && json.nextToken() != null) {
        // to its end
      }
      int end = (int) json.currentLocation().getByteOffset();
      return Arrays.copyOfRange(bytes, lineBegin + (int) begin, lineBegin + end);
    }
  }
}
