package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cli.FakeServer.Asked;
import dev.muster.cli.output.JsonText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What commands ask of a server. */
class CommandsTest {

  private static final String C = "inst_01jqxw6c9m3h2v8k5r7t4n0pbf";
  private static final String A = "inst_01jqxw6c9m3h2v8k5r7t4n0pba";
  private static final String B = "inst_01jqxw6c9m3h2v8k5r7t4n0pbb";

  private FakeServer server;
  private Terminal terminal;

  @BeforeEach
  void start() throws Exception {
    server =
        new FakeServer()
            .on("GET /api/instances/" + A, 200, instance(A, "bot", "running"))
            .on(
                "GET /api/instances?name=bot&limit=1000",
                200,
                "[%s]".formatted(instance(A, "bot", "running")))
            .on("POST /api/instances/%s/pause".formatted(A), 200, "{\"status\":\"paused\"}");
    terminal = Terminal.asking(server);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static String instance(String id, String name, String status) {
    return "{\"id\":\"%s\",\"name\":\"%s\",\"status\":\"%s\",\"region\":\"r\",\"deleted\":false,\"version\":2}"
        .formatted(id, name, status);
  }

  private List<Asked> commands() {
    return server.asked.stream().filter(call -> !call.method().equals("GET")).toList();
  }

  @Test
  void a_name_is_as_good_as_an_id() {
    assertThat(terminal.run("pause", "bot")).isZero();

    assertThat(commands())
        .singleElement()
        .extracting(Asked::path)
        .isEqualTo("/api/instances/%s/pause".formatted(A));
    assertThat(terminal.out()).contains("bot", A, "paused");
  }

  @Test
  void an_auditor_is_told_the_one_scope_of_its_key() {
    var forbidden = "{\"type\":\"/problems/forbidden\",\"title\":\"No\"}";
    server
        .on("GET /api/regions", 403, forbidden)
        .on("GET /api/keys?limit=1000", 403, forbidden)
        .on("GET /api/instances?*", 200, "[]")
        .on("GET /api/instances/inst_00000000000000000000000000/ssh", 403, forbidden)
        .on("GET /api/audit/key", 200, "log+01234567+AQ==");

    assertThat(terminal.run("whoami", "-o", "jsonpath=$.scopes[*]")).isZero();

    assertThat(terminal.out()).isEqualTo("audit\n");
  }

  @Test
  void a_jsonpath_that_is_none_is_refused_before_anything_is_done() {
    assertThat(terminal.run("pause", "bot", "-o", "jsonpath=$[")).isEqualTo(2);
    assertThat(commands()).isEmpty();
  }

  @Test
  void a_jsonpath_that_finds_nothing_loses_no_answer() {
    server.on("POST /api/keys", 201, "{\"id\":\"key_1\",\"key\":\"ik_shown_once\"}");

    assertThat(terminal.run("keys", "create", "k", "--scope", "read", "-o", "jsonpath=$.nope"))
        .isEqualTo(1);

    assertThat(terminal.err()).contains("finds nothing", "ik_shown_once");
  }

  @Test
  void a_creation_that_is_not_waited_out_is_6_and_names_the_instance() {
    server.on("POST /api/instances", 201, instance(A, "bot", "creating"));

    assertThat(terminal.run("create", "bot", "--timeout", "0")).isEqualTo(6);

    assertThat(terminal.out()).contains("creating");
    assertThat(terminal.err()).contains("goes on", "muster wait " + A);
  }

  @Test
  void a_creation_that_failed_names_the_instance_that_it_left() {
    server.on(
        "POST /api/instances",
        502,
        "{\"type\":\"/problems/operation-failed\",\"title\":\"No\",\"detail\":\"x\"}",
        "Location",
        "/api/instances/" + A);

    assertThat(terminal.run("create", "--", "false-cmd")).isEqualTo(1);

    assertThat(terminal.err()).contains("muster describe %1$s and muster logs %1$s".formatted(A));
  }

  @Test
  void every_command_has_an_idempotency_key_of_its_own_and_says_how_long_it_waits() {
    terminal.run("pause", A, "--timeout", "5s");
    terminal.run("pause", A, "--no-wait");

    assertThat(commands())
        .extracting(call -> call.header("Prefer"))
        .containsExactly("wait=5", "respond-async");
    assertThat(
            new HashSet<>(commands().stream().map(call -> call.header("Idempotency-key")).toList()))
        .hasSize(2)
        .noneMatch(String::isEmpty);
  }

  @Test
  void a_busy_server_is_asked_again_under_the_same_key() {
    var restart = "POST /api/instances/%s/restart".formatted(A);
    server
        .on(restart, 503, "{}", "Retry-After", "0")
        .on(restart, 200, "{\"status\":\"restarted\"}");

    assertThat(terminal.run("restart", A)).isZero();

    assertThat(commands()).hasSize(2);
    assertThat(commands().stream().map(call -> call.header("Idempotency-key")).distinct())
        .hasSize(1);
  }

  @Test
  void what_is_not_done_in_time_is_seen_through_and_may_fail() {
    server
        .on(
            "POST /api/instances/%s/resume".formatted(A),
            202,
            "{\"operation_id\":\"op_1\",\"status\":\"pending\"}")
        .on("GET /api/operations/op_1", 200, "{\"status\":\"pending\"}")
        .on("GET /api/operations/op_1", 200, "{\"status\":\"failed\",\"error\":\"no room\"}");

    assertThat(terminal.run("resume", A)).isEqualTo(1);

    assertThat(terminal.err()).contains("resume bot failed: no room");
  }

  @Test
  void a_wait_that_is_over_is_6_and_names_the_operation() {
    server
        .on("POST /api/instances/%s/resume".formatted(A), 202, "{\"operation_id\":\"op_1\"}")
        .on("GET /api/operations/op_1", 200, "{\"status\":\"pending\"}");

    assertThat(terminal.run("resume", A, "--timeout", "0")).isEqualTo(6);

    assertThat(terminal.err()).contains("goes on", "op_1");
  }

  @Test
  void an_ambiguous_name_lists_the_candidates() {
    server.on(
        "GET /api/instances?name=twin&limit=1000",
        200,
        "[%s,%s]".formatted(instance(A, "twin", "running"), instance(B, "twin", "paused")));

    assertThat(terminal.run("delete", "twin")).isEqualTo(2);

    assertThat(commands()).isEmpty();
    assertThat(terminal.err()).contains("2 instances have the name 'twin'", A, B);
  }

  @Test
  void an_unknown_name_says_what_is_close() {
    server
        .on("GET /api/instances?name=bto&limit=1000", 200, "[]")
        .on("GET /api/instances?status=all&name=bto&limit=1000", 200, "[]")
        .on("GET /api/instances?limit=1000", 200, "[%s]".formatted(instance(A, "bot", "running")));

    assertThat(terminal.run("get", "bto")).isEqualTo(3);

    assertThat(terminal.err()).contains("there is no instance 'bto'", "Did you mean bot?");
  }

  @Test
  void all_is_asked_about_first_and_done_by_yes() {
    server
        .on(
            "GET /api/instances?status=running&limit=1000",
            200,
            "[%s,%s]".formatted(instance(A, "a", "running"), instance(B, "b", "running")))
        .on(
            "POST /api/instances/%s/pause".formatted(B),
            409,
            "{\"title\":\"No\",\"detail\":\"it is gone\"}");

    assertThat(terminal.run("pause", "--all", "--status", "running")).isEqualTo(2);
    assertThat(commands()).isEmpty();
    assertThat(terminal.err()).contains(A, B, "Pause 2 instances?", "--yes");

    assertThat(Terminal.asking(server).typed("n\n").run("pause", "--all", "--status", "running"))
        .isEqualTo(1);
    assertThat(commands()).isEmpty();

    var yes = Terminal.asking(server);
    assertThat(yes.run("pause", "--all", "--status", "running", "--yes")).isEqualTo(5);
    assertThat(commands()).hasSize(2);
    assertThat(yes.out()).contains("paused", "failed");
    assertThat(yes.err()).contains("b (%s): No: it is gone".formatted(B), "1 of 2 failed");
  }

  @Test
  void a_dry_run_asks_for_nothing_and_says_whether_it_would_be_allowed() {
    assertThat(terminal.run("resume", A, "--dry-run")).isZero();
    assertThat(terminal.run("pause", A, "--dry-run")).isZero();
    assertThat(terminal.out()).contains("already", "yes");

    server.on("GET /api/instances/" + B, 200, instance(B, "b", "error"));
    assertThat(terminal.run("pause", B, "--dry-run")).isEqualTo(5);

    assertThat(commands()).isEmpty();
  }

  @Test
  void a_creation_carries_all_that_was_given(@org.junit.jupiter.api.io.TempDir Path folder)
      throws Exception {
    var file = Files.writeString(folder.resolve("env"), "# remark\nA=1\nB='two words'\n");
    server.on("POST /api/instances", 201, instance(A, "web", "running"));

    terminal.run(
        "create",
        "web",
        "--env",
        "A=2",
        "--env-file",
        file.toString(),
        "--memory",
        "256",
        "--cpus",
        "0.5",
        "--restart",
        "always",
        "--",
        "sh",
        "-c",
        "echo --help");

    assertThat(JsonText.MAPPER.readTree(commands().getFirst().body()))
        .isEqualTo(
            JsonText.MAPPER.readTree(
                """
                {"name": "web", "command": ["sh", "-c", "echo --help"], "env": {"A": "2", "B": "two words"},
                 "cpus": 0.5, "memory_mb": 256, "restart_policy": "always"}\
                """));
  }

  @Test
  void a_program_needs_no_name() {
    server.on("POST /api/instances", 201, instance(A, "made-up", "running"));

    terminal.run("create", "--", "sleep", "1");

    assertThat(commands().getFirst().body()).isEqualTo("{\"command\":[\"sleep\",\"1\"]}");
  }

  @Test
  void calls_are_shown_as_curl_lines_without_the_key() {
    terminal.run("pause", A, "-v");

    assertThat(terminal.err())
        .contains(
            "curl -X POST '%s/api/instances/%s/pause'".formatted(server.url(), A),
            "$MUSTER_API_KEY")
        .doesNotContain("ik_secret");
  }

  @Test
  void a_log_that_breaks_off_goes_on_behind_its_last_line() {
    var logs = "GET /api/instances/%s/logs?tail=100&follow=true".formatted(A);
    server.stream(
        logs,
        "id: 5\ndata: {\"at\":\"t\",\"text\":\"one\"}\n\nid: 9\ndata: {\"at\":\"t\",\"text\":\"cut")
        .stream(
            logs,
            "id: 9\n"
                + "data: {\"at\":\"t\",\"text\":\"two\\tand \\u001b[2J\"}\n\n"
                + "event: end\n"
                + "data: {}\n\n");

    assertThat(terminal.run("logs", "-f", A)).isZero();

    assertThat(terminal.out()).isEqualTo("one\ntwo\tand \\u001b[2J\n");
    assertThat(server.asked.getLast().header("Last-event-id")).isEqualTo("5");
  }

  @Test
  void logs_of_several_have_the_name_before_each_line() {
    server.on("GET /api/instances/" + B, 200, instance(B, "other-bot", "running"));
    for (var id : List.of(A, B)) {
      server.stream(
          "GET /api/instances/%s/logs?tail=1&follow=false".formatted(id),
          "id: 1\ndata: {\"at\":\"t\",\"text\":\"hello\"}\n\n",
          0);
    }

    terminal.run("logs", "--tail", "1", A, B);

    assertThat(terminal.out()).isEqualTo("bot       | hello\nother-bot | hello\n");
  }

  @Test
  void events_end_with_the_newest_and_are_told_once() {
    server.stream("GET /api/events", "retry: 2000\nid: 3\n\n").stream(
        "GET /api/events?after=1", "id: 1\n\nid: 2\ndata: {\"position\":2,\"type\":\"A\"}\n\n")
        .stream(
            "GET /api/events?after=1", "id: 2\n\nid: 3\ndata: {\"position\":3,\"type\":\"B\"}\n\n");

    assertThat(terminal.run("events", "--after", "1", "-o", "jsonpath=$.type")).isZero();

    assertThat(terminal.out()).isEqualTo("A\nB\n");
    assertThat(server.asked.getLast().header("Last-event-id")).isEqualTo("2");
  }

  @Test
  void a_watched_list_is_read_once_and_then_each_instance_that_changes() {
    var list = "GET /api/instances?limit=1000";
    var changed = instance(C, "bot", "running").replace("\"version\":2", "\"version\":3");
    server.on(
        list, 200, "[%s,%s]".formatted(instance(C, "bot", "paused"), instance(B, "x", "error")));
    server.stream("GET /api/events", "id: 3\n\n").stream(
        "GET /api/events",
        "id: 4\ndata: {\"instance_id\":\"%s\"}\n\nid: 5\ndata: {\"instance_id\":\"%s\"}\n\n"
            .formatted(C, B));
    server.stream("GET /api/events", "id: 5\n\n", 0).on("GET /api/events", 400, "{}");
    server.on("GET /api/instances/" + C, 200, changed);
    server.on("GET /api/instances/" + B, 200, instance(B, "x", "error"));

    terminal.run("list", "--watch", "-o", "jsonpath=$.status");

    assertThat(terminal.out()).isEqualTo("paused\nerror\nrunning\n");
    assertThat(server.asked.stream().filter(one -> list.endsWith(one.path()))).hasSize(1);
  }
}
