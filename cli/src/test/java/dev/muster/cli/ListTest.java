package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cli.output.JsonText;
import dev.muster.cli.output.PlainText;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How answers are shown. */
class ListTest {

  private static final String BOT =
      """
      {"id":"inst_01jqxw6c9m3h2v8k5r7t4n0pbd","name":"my-bot","status":"running","region":"us-east-1",\
      "created_at":1710410400,"updated_at":1710410700,"health":{"cpu_percent":12.5,"memory_mb":256},"version":2}\
      """;
  private static final String OTHER =
      """
      {"id":"inst_01jqxw6c9m3h2v8k5r7t4n0pbe","name":"日本\\u001b[2J","status":"error","region":"lab",\
      "created_at":1710400000,"updated_at":1710410700,"health":null,"version":3}\
      """;
  private static final String ALL = "GET /api/instances?limit=1000";

  private FakeServer server;
  private Terminal terminal;

  @BeforeEach
  void start() throws Exception {
    server = new FakeServer().on(ALL, 200, "[%s,%s]".formatted(BOT, OTHER));
    terminal = Terminal.asking(server);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void a_table_is_aligned_by_what_a_terminal_shows_and_control_characters_are_written_out() {
    assertThat(terminal.run("list")).isZero();

    assertThat(terminal.out())
        .isEqualTo(
            """
            NAME           ID                               STATUS   REGION     CPU%  MEMORY  AGE
            my-bot         inst_01jqxw6c9m3h2v8k5r7t4n0pbd  running  us-east-1  12.5     256  10m
            日本\\u001b[2J  inst_01jqxw6c9m3h2v8k5r7t4n0pbe  error    lab           -       -  3h
            """);
  }

  @Test
  void columns_titles_and_order_are_as_asked_for() {
    terminal.run("list", "--columns", "status,name", "--no-headers", "--sort", "-age");

    assertThat(terminal.out().lines()).containsExactly("error    日本\\u001b[2J", "running  my-bot");
  }

  @Test
  void json_is_what_the_api_says_and_harmless_to_a_terminal() {
    terminal.run("list", "-o", "json");

    var json = JsonText.MAPPER;
    assertThat(json.readTree(terminal.out()))
        .isEqualTo(json.readTree("[%s,%s]".formatted(BOT, OTHER)));
    assertThat(terminal.out()).doesNotContain("\u001b");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "name|inst_01jqxw6c9m3h2v8k5r7t4n0pbd",
        "jsonpath=$[*].status|running",
        "jsonpath={[0].health.memory_mb}|256",
        "yaml|- id: inst_01jqxw6c9m3h2v8k5r7t4n0pbd"
      })
  void other_forms(String form, String firstLine) {
    assertThat(terminal.run("list", "-o", form)).isZero();

    assertThat(terminal.out().lines()).first().isEqualTo(firstLine);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-o xml|there is no output format 'xml'",
        "--columns nme|there is no column 'nme'",
        "--sort size|there is no column 'size'",
        "--limit 0|--limit 0 is less than 1",
        "--color red|--color 'red' is none of",
        "-o jsonpath=$[|is no JSONPath"
      })
  void what_makes_no_sense_is_refused_and_named(String arguments, String why) {
    assertThat(terminal.run(("list " + arguments).split(" "))).isEqualTo(2);

    assertThat(terminal.err()).startsWith("muster: ").contains(why);
  }

  @Test
  void all_pages_are_shown() {
    server
        .on(
            "GET /api/instances?status=all&limit=1000",
            200,
            "[" + BOT + "]",
            "Link",
            "</api/instances?cursor=c&limit=1000>; rel=\"next\"")
        .on("GET /api/instances?cursor=c&limit=1000", 200, "[" + OTHER + "]");

    terminal.run("list", "--status", "all", "-o", "name");

    assertThat(terminal.out().lines()).hasSize(2);
  }

  @Test
  void a_narrow_terminal_cuts_cells_and_wraps_nothing() {
    terminal.wide(40).run("list", "--columns", "name,id,status", "--color", "never");

    assertThat(terminal.out().lines())
        .hasSize(3)
        .allMatch(line -> PlainText.width(line) <= 40)
        .anyMatch(line -> line.contains("…"));
  }

  @Test
  void columns_that_have_no_room_are_left_out_from_the_right() {
    terminal.wide(40).run("list", "--color", "never");

    assertThat(terminal.out().lines()).hasSize(3).allMatch(line -> PlainText.width(line) <= 40);
    assertThat(terminal.out()).startsWith("NAME").doesNotContain("AGE");
  }

  @Test
  void colours_are_for_terminals_and_not_where_NO_COLOR_is_set() {
    terminal.wide(200).run("list");
    assertThat(terminal.out()).contains("\u001b[32mrunning\u001b[0m");

    var plain = Terminal.asking(server).wide(200).with("NO_COLOR", "1");
    plain.run("list");
    assertThat(plain.out()).doesNotContain("\u001b");
  }

  @Test
  void an_empty_list_is_told_apart_from_the_answer() {
    server.on("GET /api/instances?region=none&limit=1000", 200, "[]");

    assertThat(terminal.run("list", "--region", "none")).isZero();

    assertThat(terminal.out()).isEmpty();
    assertThat(terminal.err()).isEqualTo("Nothing to show.\n");
  }
}
