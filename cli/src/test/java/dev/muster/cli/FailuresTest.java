package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said when something goes wrong, and with which status a command ends. */
class FailuresTest {

  private static final String PROBLEM =
      """
      {"type": "%s", "title": "No", "detail": "because", "errors": [{"pointer": "/name", "detail": "too long"}]}\
      """;

  private FakeServer server;
  private Terminal terminal;

  @BeforeEach
  void start() throws Exception {
    server = new FakeServer();
    terminal = Terminal.asking(server);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "400,2", "401,4", "403,4", "404,3", "406,2", "408,6", "409,5", "412,5", "422,2", "500,1",
    "502,1"
  })
  void the_exit_status_goes_by_the_class_of_the_problem(int http, int exit) {
    server.on("GET /api/hosts", http, PROBLEM.formatted("/problems/x"), "X-Request-Id", "req_1");

    assertThat(terminal.run("hosts")).isEqualTo(exit);

    assertThat(terminal.out()).isEmpty();
    assertThat(terminal.err())
        .isEqualTo(
            """
            muster: No: because
              /name: too long
              (%d /problems/x, request req_1)
            """
                .formatted(http));
  }

  @Test
  void the_next_step_is_said() {
    server.on("GET /api/hosts", 401, PROBLEM.formatted("/problems/unauthenticated"));

    terminal.run("hosts");

    assertThat(terminal.err()).contains("Next: muster login, or set MUSTER_API_KEY");
  }

  @ParameterizedTest
  @CsvSource({"200,<html>", "200,''", "200,null", "200,7", "404,<html>", "302,''", "502,<html>"})
  void what_is_no_muster_server_is_said_to_be_none(int status, String body) {
    server.on("GET /api/hosts", status, body);

    assertThat(terminal.run("hosts")).isEqualTo(1);

    assertThat(terminal.err()).containsIgnoringCase("is this address a Muster server?");
  }

  @Test
  void a_stream_of_something_else_is_said_to_be_none() {
    server.on("GET /api/events", 200, "<html>");

    assertThat(terminal.run("events")).isEqualTo(1);

    assertThat(terminal.err()).contains("is this address a Muster server?");
  }

  @Test
  void a_key_that_was_given_is_refused_and_where_it_is_from_is_said() {
    server.on("GET /api/hosts", 401, PROBLEM.formatted("/problems/unauthenticated"));

    assertThat(terminal.run("hosts")).isEqualTo(4);

    assertThat(terminal.err()).contains("the key is refused (MUSTER_URL)");
  }

  @Test
  void an_answer_that_cannot_be_written_is_a_failure() {
    server.on("GET /api/hosts", 200, "[{\"name\": \"a\"}]");
    var full =
        new AnswerStream(
            new OutputStream() {
              @Override
              public void write(int b) throws IOException {
                throw new IOException("No space left on device");
              }
            },
            () -> false);

    assertThat(new Program(terminal.environment(full)).run("hosts")).isEqualTo(1);

    assertThat(terminal.err()).contains("the answer cannot be written: No space left on device");
  }

  @Test
  void help_about_what_is_no_command_is_refused() {
    assertThat(terminal.run("help", "keys", "lst")).isEqualTo(2);

    assertThat(terminal.err()).contains("'lst' is no command", "Did you mean list");
  }

  @Test
  void no_server_is_7_and_says_where_the_address_is_from() throws Exception {
    server.close();

    assertThat(terminal.run("hosts")).isEqualTo(7);

    assertThat(terminal.err()).contains("connection refused", "It was taken from MUSTER_URL.");
  }

  @Test
  void without_a_home_folder_and_variables_no_server_is_known() {
    var bare = new Terminal();

    assertThat(bare.run("list")).isEqualTo(2);

    assertThat(bare.err()).startsWith("muster: no server is known\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "lits|'lits' is no command|Did you mean list",
        "keys lst|'lst' is no command|Did you mean list",
        "list --sttus running|'--sttus' is no option of muster list|Did you mean --status",
        "version now|'now' is one word too many|See muster version --help",
        "get|Missing required parameter|See muster get --help",
        "wait x --timeout soon|'soon' is no duration|See muster wait --help",
        "pause|which instances?|Name them",
        "pause a --status running|give either instances|Name them",
        "exec my-bot|an instance stands before --|Such as",
        "create a b|'b' is one word too many|after --",
        "explain runing|nothing is known of 'runing'|Did you mean running"
      })
  void a_command_line_that_makes_no_sense(String line, String what, String step) {
    assertThat(terminal.run(line.split(" "))).isBetween(2, 3);

    assertThat(terminal.out()).isEmpty();
    assertThat(terminal.err()).startsWith("muster: ").contains(what, step);
  }

  @Test
  void a_closed_pipe_ends_quietly() {
    server.on("GET /api/hosts", 200, "[]".replace("]", "{\"name\": \"a\"}]"));
    var closed =
        new PrintStream(
            new OutputStream() {
              @Override
              public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
              }
            });

    int status = new Program(terminal.environment(closed)).run("hosts");

    assertThat(status).isZero();
    assertThat(terminal.err()).isEmpty();
  }
}
