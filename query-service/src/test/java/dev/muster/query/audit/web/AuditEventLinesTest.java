package dev.muster.query.audit.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.events.audit.Salts;
import dev.muster.events.audit.SealedEvent;
import dev.muster.events.envelope.Actor;
import dev.muster.events.envelope.Correlation;
import dev.muster.events.envelope.EncodedEvent;
import dev.muster.events.envelope.RecordedEvent;
import dev.muster.query.audit.Csv;
import dev.muster.query.env.EnvValues;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class AuditEventLinesTest {

  private static final JsonMapper JSON = new JsonMapper();

  private static final AuditEventLines ROWS = new AuditEventLines.Csv(EnvValues.HIDDEN);

  @ParameterizedTest
  @ValueSource(
      strings = {"=cmd|'/C calc'!A0", "+1+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "=\"a\",1"})
  void what_a_spreadsheet_would_run_is_text(String name) {
    var csv = new String(ROWS.head(), UTF_8) + new String(ROWS.line(by(name)), UTF_8);

    assertThat(Csv.rows(csv).getFirst().get("actor_name")).isEqualTo("'" + name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"alice", "a=b", "1-1", "'quoted'", "a \"b\", c", "two\r\nlines"})
  void whatever_else_is_as_it_was(String name) {
    var csv = new String(ROWS.head(), UTF_8) + new String(ROWS.line(by(name)), UTF_8);

    assertThat(Csv.rows(csv).getFirst().get("actor_name")).isEqualTo(name);
  }

  @Test
  void the_values_of_variables_are_in_no_export_of_who_may_not_see_them() {
    var data = "{\"spec\":{\"name\":\"env\",\"env\":{\"A\":\"hunter2\"}}}";
    var hidden = EnvValues.HIDDEN;

    for (var rows :
        List.of(new AuditEventLines.Csv(hidden), new AuditEventLines.Ndjson(JSON, hidden))) {
      assertThat(new String(rows.line(sealed("alice", data)), UTF_8))
          .doesNotContain("hunter2")
          .contains("***");
    }
    assertThat(EnvValues.SHOWN.in(data)).isEqualTo(data);
  }

  private static SealedEvent by(String name) {
    return sealed(name, "{}");
  }

  private static SealedEvent sealed(String name, String data) {
    var correlation = new Correlation(new Actor("key_1", name), "req_1", null, null, null);
    var event =
        new RecordedEvent(
            "event-1",
            "inst_1",
            1,
            0,
            Instant.EPOCH,
            correlation,
            new EncodedEvent("InstancePaused", 1, data.getBytes(UTF_8)));
    return new SealedEvent(event, Salts.random());
  }
}
