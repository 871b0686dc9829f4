package dev.muster.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cli.Terminal;
import dev.muster.cli.output.JsonText;
import dev.muster.cli.proof.SampleLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Who did it, and a receipt for that, from a server that may lie. */
class ActorsOfInstanceTest {

  private static final String ID = "inst_01jqxw6c9m3h2v8k5r7t4n0pbf";
  private static final SampleLog LOG = new SampleLog(300, 31);

  @TempDir Path folder;
  private LogServer server;

  @BeforeEach
  void start() throws IOException {
    server = new LogServer(LOG);
    var operation = operation(6);
    server.on(
        "/api/operations/" + operation,
        "{\"id\":\"%s\",\"instance_id\":\"%s\",\"status\":\"succeeded\"}".formatted(operation, ID));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static JsonNode row(int index) {
    return JsonText.MAPPER.readTree(LOG.rows.get(index));
  }

  private static String operation(int index) {
    return row(index).at("/data/operation_id").asString();
  }

  private Terminal terminal() {
    return new Terminal().with("MUSTER_URL", server.url()).with("MUSTER_API_KEY", "ik_secret");
  }

  @Test
  void who_did_it_is_said_with_a_proof_that_was_checked() {
    var terminal = terminal();

    assertThat(terminal.run("audit", "who", ID, "--action", "pause", "-o", "json")).isZero();

    var rows = JsonText.MAPPER.readTree(terminal.out());
    assertThat(rows)
        .hasSize(240)
        .allMatch(row -> row.at("/proof/result").asString().equals("good"));
    assertThat(rows.get(0).path("type").asString()).isEqualTo("PauseRequested");
    assertThat(server.asked)
        .contains("/api/audit/events?type=PauseRequested&instance_id=" + ID)
        .contains("/api/audit/proof?index=1&size=300");
  }

  @Test
  void a_person_reads_who_when_from_where_and_in_which_operation() {
    server.rows = LOG.rows.subList(0, 7);
    var terminal = terminal();

    assertThat(terminal.run("audit", "who", ID, "--action", "pause")).isZero();

    assertThat(terminal.out())
        .startsWith("WHEN ")
        .containsPattern(
            "2026-11-24T06:46:06.000006Z  Ada é 0  key_7OD7ojMX  127.0.0.1  PauseRequested  "
                + operation(6)
                + "  good");
    assertThat(terminal.err())
        .contains("Proved: each is in the log that example.com/sample+", "signed over 300 events");
  }

  @ParameterizedTest
  @CsvSource({
    // The clock stands at Thursday, 2024-03-14.
    "tuesday, tuesday, 2024-03-12T00:00:00Z, 2024-03-12T23:59:59.999999Z",
    "thursday, today, 2024-03-07T00:00:00Z, 2024-03-14T23:59:59.999999Z",
    "2024-02-29, yesterday, 2024-02-29T00:00:00Z, 2024-03-13T23:59:59.999999Z",
    "2h, 1710411000, 2024-03-14T08:10:00Z, 2024-03-14T10:10:00Z"
  })
  void days_are_as_good_as_times(String since, String until, String from, String to) {
    terminal().run("audit", "who", ID, "--since", since, "--until", until);

    assertThat(server.asked)
        .contains(
            "/api/audit/events?from=%s&to=%s&instance_id=%s"
                .formatted(from.replace(":", "%3A"), to.replace(":", "%3A"), ID));
  }

  @Test
  void masked_values_are_said_not_to_be_proved() {
    server.rows = new ArrayList<>(LOG.masked().subList(0, 2));
    var terminal = terminal();

    assertThat(terminal.run("audit", "who", ID)).isZero();

    assertThat(terminal.out()).contains("good, but data: values of env are masked");
  }

  @Test
  void what_was_changed_is_shown_and_not_proved() {
    server.rows = new ArrayList<>(LOG.rows.subList(0, 9));
    server.rows.set(6, server.rows.get(6).replace("Ada", "Eve"));
    var terminal = terminal();

    assertThat(terminal.run("audit", "who", ID, "--action", "pause")).isEqualTo(8);

    assertThat(terminal.out()).contains("Eve", "NONE: index 6 (ev_");
    assertThat(terminal.err())
        .contains("1 of 7 are not proved", "its actor_name is not the one that was signed");
  }

  @Test
  void nobody_is_an_answer() {
    server.rows = LOG.rows.subList(0, 1);
    var terminal = terminal();

    assertThat(terminal.run("audit", "who", ID, "--action", "delete")).isZero();

    assertThat(terminal.err()).isEqualTo("Nothing to show.\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "--action|stop|there is no action 'stop'",
        "--since|soon|'soon' is no time",
        "--until|2026-13-01|'2026-13-01' is no time"
      })
  void what_makes_no_sense_is_refused(String option, String value, String why) {
    var terminal = terminal();

    assertThat(terminal.run("audit", "who", ID, option, value)).isEqualTo(2);

    assertThat(terminal.err()).contains(why);
  }

  @Test
  void a_receipt_proves_an_operation_without_the_server() throws IOException {
    var file = folder.resolve("receipt");

    assertThat(terminal().run("audit", "receipt", operation(6), file.toString())).isZero();
    server.close();

    var offline = new Terminal();
    assertThat(offline.run("audit", "verify", file.toString(), "--key", LOG.key())).isZero();
    assertThat(offline.out())
        .contains("is as it was signed: 1 event of example.com/sample")
        .contains("2026-11-24T06:46:06.000006Z  index 6  PauseRequested of inst_")
        .contains("by Ada é 0 (key_7OD7ojMX) from 127.0.0.1");
    assertThat(Files.readString(file)).contains(LOG.rows.get(6)).hasLineCount(4);
  }

  @Test
  void a_masked_receipt_proves_all_but_what_is_masked() throws IOException {
    server.rows = LOG.masked();
    var operation = operation(5);
    server.on(
        "/api/operations/" + operation,
        "{\"instance_id\":\"%s\",\"status\":\"pending\"}".formatted(ID));
    var terminal = terminal();
    var file = folder.resolve("receipt");

    assertThat(terminal.run("audit", "receipt", operation, file.toString())).isZero();

    assertThat(terminal.err()).contains("It is under way");
    var offline = new Terminal();
    assertThat(offline.run("audit", "verify", file.toString())).isZero();
    assertThat(offline.out())
        .contains("not checked: data of 1 event: values of env are masked (index 5)");
  }

  @ParameterizedTest
  @CsvSource({
    "Ada, Eve, index 6 (ev_",
    "127.0.0.1, 127.0.0.2, nothing leads from it to the signed root",
    "'\"leaf_index\":6', '\"leaf_index\":7', nothing leads from it to the signed root",
    "'{\"proof\":[\"', '{\"proof\":[\"*', a proof is no list of hashes",
    "'{\"proof\":[', '{\"x\":[', line 3 should be a proof",
    "300, 301, its checkpoint was changed",
    "'{\"checkpoint\"', '{\"x\"', is half a receipt",
    "'\"log\":\"example.com', '\"log\":\"example.org', its checkpoint is of"
  })
  void a_receipt_that_was_changed_is_found(String from, String to, String why) throws IOException {
    var file = folder.resolve("receipt");
    terminal().run("audit", "receipt", operation(6), file.toString());
    var text = Files.readString(file);
    var changed = text.replace(from, to);
    assertThat(changed).isNotEqualTo(text);
    Files.writeString(file, changed);

    var offline = new Terminal();
    assertThat(offline.run("audit", "verify", file.toString(), "--key", LOG.key())).isEqualTo(8);

    assertThat(offline.err()).contains(why);
  }

  @Test
  void what_an_operator_asked_for_is_found_by_its_operation() {
    var operation = row(6).path("subject").asString();

    var terminal = terminal();
    assertThat(terminal.run("audit", "receipt", operation)).isZero();

    assertThat(terminal.out()).contains(LOG.rows.get(6));
  }

  @Test
  void an_operation_that_is_not_there_is_not_found() {
    var terminal = terminal();

    assertThat(terminal.run("audit", "receipt", "op_none")).isEqualTo(3);

    assertThat(terminal.err()).contains("there is no operation 'op_none' in the audit log");
  }

  @Test
  void a_receipt_is_not_written_over() throws IOException {
    var file = Files.writeString(folder.resolve("receipt"), "evidence");

    assertThat(terminal().run("audit", "receipt", operation(6), file.toString())).isEqualTo(2);

    assertThat(file).hasContent("evidence");
  }
}
