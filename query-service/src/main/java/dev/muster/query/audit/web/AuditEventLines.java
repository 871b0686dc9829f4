package dev.muster.query.audit.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.events.audit.SealedEvent;
import dev.muster.query.env.EnvValues;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

/** Events as lines, one each: JSON, or CSV. */
sealed interface AuditEventLines {

  MediaType NDJSON = MediaType.parseMediaType("application/x-ndjson");
  MediaType CSV = MediaType.parseMediaType("text/csv");

  /** What stands above the lines. */
  default byte[] head() {
    return new byte[0];
  }

  byte[] line(SealedEvent event);

  /** Newline-delimited JSON, each line as in the list. */
  record Ndjson(JsonMapper json, EnvValues env) implements AuditEventLines {

    @Override
    public byte[] line(SealedEvent event) {
      return (json.writeValueAsString(AuditEvent.of(event, env)) + "\n").getBytes(UTF_8);
    }
  }

  /**
   * The same fields in columns. A field that a spreadsheet would take for a formula has an
   * apostrophe before it.
   *
   * @see <a href="https://owasp.org/www-community/attacks/CSV_Injection">CSV injection</a>
   * @see <a href="https://www.rfc-editor.org/rfc/rfc4180.html">RFC 4180</a>
   */
  record Csv(EnvValues env) implements AuditEventLines {

    private static final String HEAD =
        "leaf_index,event_id,subject,sequence,type,revision,occurred_at,actor_id,actor_name,"
            + "request_id,causation,traceparent,source_ip,data,salt_actor_name,salt_source_ip,"
            + "salt_data\r\n";

    /** What a formula begins with. */
    private static final String FORMULA = "=+-@\t\r";

    @Override
    public byte[] head() {
      return HEAD.getBytes(UTF_8);
    }

    @Override
    public byte[] line(SealedEvent sealed) {
      var event = AuditEvent.of(sealed, env);
      var fields =
          List.of(
              String.valueOf(event.leafIndex()),
              event.eventId(),
              event.subject(),
              String.valueOf(event.sequence()),
              event.type(),
              String.valueOf(event.revision()),
              event.occurredAt(),
              event.actor().id(),
              event.actor().name(),
              event.requestId(),
              text(event.causation()),
              text(event.traceparent()),
              text(event.sourceIp()),
              event.data(),
              event.salts().actorName(),
              event.salts().sourceIp(),
              event.salts().data());
      return (fields.stream().map(Csv::harmless).map(Csv::quoted).collect(Collectors.joining(","))
              + "\r\n")
          .getBytes(UTF_8);
    }

    private static String text(@Nullable String value) {
      return Objects.requireNonNullElse(value, "");
    }

    private static String harmless(String field) {
      return !field.isEmpty() && FORMULA.indexOf(field.charAt(0)) >= 0 ? "'" + field : field;
    }

    private static String quoted(String field) {
      return field.chars().anyMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n')
          ? '"' + field.replace("\"", "\"\"") + '"'
          : field;
    }
  }
}
