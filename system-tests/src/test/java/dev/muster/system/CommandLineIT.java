package dev.muster.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every command, from the real launcher to a real platform, without any set-up. */
class CommandLineIT {

  private static final Pattern HEADING = Pattern.compile("(?m)^### muster (.+)$");

  /** Those that need a terminal, and those of the platform: ScriptIT has them. */
  private static final Set<String> ELSEWHERE =
      Set.of("top", "up", "recover", "down", "infra", "service", "bench");

  @TempDir static Path data;
  @TempDir static Path config;
  private static MusterProcess platform;
  private static CommandLine muster;
  private static Api api;

  @BeforeAll
  static void up() throws IOException {
    var settings = Files.writeString(config.resolve("w1.properties"), "muster.worker.name=w1");
    platform = MusterProcess.up(data, "--config", settings.toString());
    muster = new CommandLine(platform.settings());
    api = platform.api();
    // Its last act: it has told the command line where it is.
    await().until(() -> platform.output().contains("Context "));
  }

  @AfterAll
  static void down() throws Exception {
    platform.close();
  }

  private static CommandLine.Result done(String... arguments) throws Exception {
    var result = muster.run(arguments);
    assertThat(result.status()).as(String.join(" ", arguments) + "\n" + result.err()).isZero();
    return result;
  }

  static List<Transcript> transcripts() throws IOException {
    return Transcript.all();
  }

  /** {@code -Dmuster.docs=write} writes what is printed now. */
  @ParameterizedTest
  @MethodSource("transcripts")
  void what_commands_print_is_as_it_was(Transcript transcript) throws Exception {
    var now = transcript.of(muster);
    if ("write".equals(System.getProperty("muster.docs"))) {
      transcript.write(now);
    }
    assertThat(now).isEqualTo(transcript.text());
  }

  @Test
  void every_command_has_a_transcript() throws IOException {
    var lines = String.join("\n", transcripts().stream().flatMap(Transcript::lines).toList());
    var page = Files.readString(Path.of(System.getProperty("muster.home"), "docs/cli.md"));
    assertThat(HEADING.matcher(page).results().map(found -> found.group(1)))
        .isNotEmpty()
        .allMatch(name -> ELSEWHERE.contains(name) || lines.contains("muster " + name));
  }

  @Test
  void a_new_user_does_all_of_it_by_name() throws Exception {
    var created = done("create", "first-bot", "-o", "json");
    var id = created.json().get("id").asString();
    assertThat(created.json().get("status").asString()).isEqualTo("running");
    assertThat(created.err()).isEmpty();

    assertThat(done("list", "--name", "first", "--columns", "name,id,status,region").out())
        .isEqualTo(
            "NAME       ID%s  STATUS   REGION\nfirst-bot  %s  running  us-east-1\n"
                .formatted(" ".repeat(id.length() - 2), id));
    assertThat(done("list", "--name", "first", "-o", "json").json())
        .isEqualTo(api.get("/api/instances?name=first").json());
    assertThat(done("get", "first-bot", "-o", "jsonpath=$.id").out()).isEqualTo(id + "\n");
    assertThat(done("get", id, "--version", "1", "-o", "json").json().get("status").asString())
        .isEqualTo("creating");

    assertThat(done("pause", "first-bot").out()).contains("first-bot", "paused");
    assertThat(api.statusOf(id)).isEqualTo("paused");
    assertThat(done("resume", "first-bot", "-o", "json").json().get("status").asString())
        .isEqualTo("running");
    assertThat(
            done("restart", "first-bot", "--dry-run", "-o", "json")
                .json()
                .get(0)
                .get("allowed")
                .asString())
        .isEqualTo("yes");
    assertThat(done("restart", "first-bot", "-v").err())
        .contains("curl -X POST")
        .doesNotContain(platform.adminKey());
    assertThat(done("wait", "first-bot", "--for", "running", "-o", "name").out())
        .isEqualTo(id + "\n");

    assertThat(done("describe", "first-bot").out())
        .contains(
            "Status:         running",
            "Placement:      us-east-1, host local",
            "InstanceRestarted",
            "muster logs -f " + id);
    assertThat(done("history", "first-bot", "-o", "json").json())
        .isEqualTo(api.get("/api/instances/%s/history".formatted(id)).json());
    assertThat(done("history", "first-bot").out()).contains("CreationRequested", "admin");
    assertThat(done("health", "first-bot", "-o", "json").json().has("last_heartbeat")).isTrue();
    assertThat(done("health", "first-bot").out()).startsWith("CPU%");

    assertThat(done("delete", "first-bot").out()).contains("deleted");
    assertThat(done("list", "--name", "first").err()).isEqualTo("Nothing to show.\n");
    var again = muster.run("pause", id);
    assertThat(again.status()).isEqualTo(5);
    assertThat(again.err())
        .contains("status stopped (deleted) does not allow pause", "Next: muster describe");
  }

  @Test
  void the_context_that_up_leaves_is_its_owners() throws Exception {
    var name = "local-" + platform.port();
    var file = platform.settings().resolve("muster/contexts/%s.json".formatted(name));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(Files.readString(file)).doesNotContain(platform.adminKey());

    assertThat(done("context", "list").out())
        .contains("*     %s  http://localhost:%d".formatted(name, platform.port()));
    var who = done("whoami", "-o", "json").json();
    assertThat(who.get("id").asString()).startsWith("key_");
    assertThat(who.get("scopes").get(0).asString()).isEqualTo("admin");
  }

  @Test
  void what_instances_print_is_followed_to_its_end(@TempDir Path folder) throws Exception {
    var program = "echo one; echo two; sleep 1; echo three";
    done("create", "printer", "--", "sh", "-c", program);
    done("create", "printer-2", "--no-wait", "--", "sh", "-c", "echo four");

    // The end of a log is told some seconds after the end of the instance.
    var both = muster.start("logs", "-f", "printer", "printer-2");
    assertThat(done("logs", "-f", "printer").out()).isEqualTo("one\ntwo\nthree\n");
    try (var lines = both.inputReader()) {
      assertThat(lines.lines()).contains("printer   | one", "printer-2 | four");
    }
    assertThat(done("logs", "printer", "--tail", "1").out()).isEqualTo("three\n");
    var line = done("logs", "printer", "--tail", "1", "-o", "json").json();
    assertThat(line.get("text").asString()).isEqualTo("three");
    assertThat(muster.bash("muster logs -f printer | head -1").out()).isEqualTo("one\n");
    assertThat(muster.bash("muster logs printer | head -1").status()).isZero();
    done("delete", "printer", "printer-2");
  }

  @Test
  void commands_and_shells_run_in_the_instance_by_the_real_ssh() throws Exception {
    done("create", "shelled");
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> muster.run("ssh", "shelled", "--print").status() == 0);

    assertThat(done("ssh", "shelled", "--print").out()).startsWith("ssh -p ");
    assertThat(done("exec", "shelled", "--", "printf", "%s|", "a b", "it's", "$HOME").out())
        .isEqualTo("a b|it's|$HOME|");
    assertThat(muster.run("exec", "shelled", "--", "sh", "-c", "exit 42").status()).isEqualTo(42);
    assertThat(muster.bash("echo in | muster exec shelled -- cat").out()).isEqualTo("in\n");
    assertThat(
            muster
                .bash(
                    "echo 'echo $((6*7)); exit 3' | script -qec '%s ssh shelled' /dev/null"
                        .formatted(CommandLine.MUSTER))
                .out())
        .contains("42");
    done("delete", "shelled");
    assertThat(muster.run("exec", "shelled", "--", "true").status()).isEqualTo(5);
  }

  @Test
  void the_fleet_is_seen() throws Exception {
    for (var list : List.of("hosts", "regions", "workers")) {
      assertThat(done(list, "-o", "json").json().size())
          .isEqualTo(api.get("/api/" + list).json().size());
      assertThat(done(list).out()).startsWith("NAME ");
    }
    assertThat(done("dead-letters", "list", "-o", "json").json())
        .isEqualTo(api.get("/api/dead-letters").json());
    for (var command : List.of("show", "retry")) {
      assertThat(muster.run("dead-letters", command, "none").status()).isEqualTo(3);
    }
    assertThat(muster.run("dead-letters", "drop", "none", "--yes").status()).isEqualTo(3);
    var worker = done("workers", "-o", "name").out().strip();
    assertThat(done("workers", "drain", worker, "-o", "json").json().get("status").asString())
        .isEqualTo("draining");
    assertThat(done("workers", "resume", worker).out()).contains("active");
    var host = done("hosts", "-o", "name").out().strip();
    assertThat(done("hosts", "cordon", host).out()).contains("true");
    await().until(() -> done("hosts", "--columns", "cordoned").out().contains("true"));
    done("hosts", "uncordon", host);
    await().until(() -> !done("hosts", "--columns", "cordoned").out().contains("true"));
  }

  @Test
  void events_are_shown_in_their_order_and_followed() throws Exception {
    var id = api.running("{\"name\": \"eventful\"}");
    assertThat(done("events", "--after", "0", "--instance", id).out())
        .contains("CreationRequested", "InstanceStarted");
    var following = muster.start("events", "-f", "--instance", id, "-o", "json");
    try (var lines = following.inputReader()) {
      assertThat(Api.JSON.readTree(lines.readLine()).get("type").asString())
          .isEqualTo("CreationRequested");
      done("delete", id);
      // It goes on for ever: whoever reads ends with the line that was waited for.
      assertThat(
              lines
                  .lines()
                  .map(line -> Api.JSON.readTree(line).get("type").asString())
                  .anyMatch("DeletionRequested"::equals))
          .isTrue();
    } finally {
      following.destroy();
    }
  }

  @Test
  void the_audit_log_is_searched_exported_and_proved(@TempDir Path folder) throws Exception {
    done("create", "audited");
    var found =
        done("audit", "search", "--type", "CreationRequested", "--from", "1h", "-o", "json").json();
    assertThat(found).isNotEmpty();
    assertThat(done("audit", "search", "--limit", "1").out()).startsWith("INDEX").hasLineCount(2);
    var file = folder.resolve("events.ndjson");
    done("audit", "export", "--to-file", file.toString());
    assertThat(Files.readAllLines(file))
        .allMatch(line -> Api.JSON.readTree(line).has("leaf_index"));
    assertThat(done("audit", "export", "--format", "csv").out()).contains("CreationRequested");
    assertThat(done("audit", "proof", "--index", "0", "-o", "json").json().has("root")).isTrue();
    assertThat(done("audit", "proof", "--index", "0", "--note").out())
        .contains("c2sp.org/tlog-proof");
    done("delete", "audited");
  }

  @Test
  void an_auditor_gets_from_a_name_to_the_proved_answer(@TempDir Path folder) throws Exception {
    done("create", "suspect", "--env", "TOKEN=hunter2");
    var kept = Files.writeString(folder.resolve("kept"), api.get("/api/audit/checkpoint").body());
    var logKey = Files.writeString(folder.resolve("key"), api.get("/api/audit/key").body());
    done("pause", "suspect");
    var key = done("keys", "create", "auditor", "--scope", "audit", "-o", "json").json();
    var auditor =
        new CommandLine(folder)
            .with("MUSTER_URL", "http://localhost:" + platform.port())
            .with("MUSTER_API_KEY", key.get("key").asString());

    assertThat(auditor.run("whoami", "-o", "json").json().get("scopes").toString())
        .isEqualTo("[\"audit\"]");
    var who = auditor.run("audit", "who", "suspect", "--action", "pause", "-o", "json");
    assertThat(who.status()).as(who.err()).isZero();
    assertThat(who.json()).hasSize(1);
    var pause = who.json().get(0);
    assertThat(pause.at("/actor/name").asString()).isEqualTo("admin");
    assertThat(pause.path("source_ip").asString()).isNotEmpty();
    assertThat(pause.at("/proof/result").asString()).isEqualTo("good");

    var receipt = folder.resolve("pause.receipt").toString();
    var operation = pause.at("/data/operation_id").asString();
    assertThat(auditor.run("audit", "receipt", operation, receipt).status()).isZero();
    var file = folder.resolve("log.ndjson").toString();
    var export = auditor.run("audit", "export", file);
    assertThat(export.status()).as(export.err()).isZero();

    var offline = new CommandLine(folder);
    var proved = offline.run("audit", "verify", receipt, "--key", logKey.toString());
    assertThat(proved.out()).contains("2 events of muster/", "PauseRequested", "InstancePaused");
    var whole =
        offline.run(
            "audit", "verify", file, "--key", logKey.toString(), "--checkpoint", kept.toString());
    assertThat(whole.status()).as(whole.err()).isZero();
    assertThat(whole.out())
        .contains("is whole and as it was signed", "was signed over", "values of env are masked");

    var lines = Files.readString(Path.of(file));
    Files.writeString(Path.of(file), lines.replace("\"PauseRequested\"", "\"ResumeRequested\""));
    var changed = offline.run("audit", "verify", file, "--key", logKey.toString());
    assertThat(changed.status()).isEqualTo(8);
    assertThat(changed.err()).containsPattern("index \\d+ was changed \\(line \\d+, ev_");
    done("delete", "suspect");
  }

  @Test
  void keys_are_issued_used_replaced_and_revoked() throws Exception {
    var issued =
        done("keys", "create", "reader", "--scope", "read", "--expires", "1d", "-o", "json").json();
    var id = issued.get("id").asString();
    var url = "http://localhost:" + platform.port();
    var reader =
        new CommandLine(platform.settings())
            .with("MUSTER_URL", url)
            .with("MUSTER_API_KEY", issued.get("key").asString());

    assertThat(reader.run("list").status()).isZero();
    assertThat(reader.run("whoami", "-o", "json").json().get("scopes").toString())
        .isEqualTo("[\"read\"]");
    var refused = reader.run("create", "never");
    assertThat(refused.status()).isEqualTo(4);
    assertThat(refused.err()).contains("muster whoami");
    assertThat(done("keys", "list").out()).contains(id, "reader", "active");
    assertThat(
            done("keys", "replace", id, "--overlap", "1h", "-o", "json")
                .json()
                .get("replaces")
                .asString())
        .isEqualTo(id);
    assertThat(done("keys", "revoke", id, "--yes").out()).isEqualTo(id + " revoked\n");
    await().until(() -> reader.run("list").status() == 4);

    var brief = done("keys", "create", "brief", "--scope", "read", "--expires", "3s", "-o", "json");
    var expired = reader.with("MUSTER_API_KEY", brief.json().get("key").asString());
    await().until(() -> expired.run("list").status() == 4);
    assertThat(expired.run("list").err()).contains("Next: muster login");
  }

  @Test
  void a_login_is_kept_and_another_server_is_no_secret_of_this_one(@TempDir Path settings)
      throws Exception {
    var fresh = new CommandLine(settings);
    assertThat(fresh.run("list").status()).isEqualTo(2);
    var url = "http://localhost:" + platform.port();
    var login =
        fresh.bash(
            "printf '%%s' '%s' | muster login here --url %s".formatted(platform.adminKey(), url));
    assertThat(login.status()).as(login.err()).isZero();
    assertThat(login.out()).contains("key_", "admin");
    assertThat(fresh.run("list").status()).isZero();
    assertThat(fresh.run("list", "--url", url).status()).isEqualTo(4);
    assertThat(fresh.run("context", "add", "gone", "--url", "http://localhost:1", "--use").status())
        .isZero();
    assertThat(fresh.run("list").status()).isEqualTo(7);
    assertThat(fresh.run("context", "use", "here").status()).isZero();
    assertThat(fresh.run("context", "remove", "gone").status()).isZero();
    assertThat(
            fresh
                .bash(
                    "env -u HOME -u XDG_CONFIG_HOME MUSTER_URL=%s MUSTER_API_KEY=%s '%s' list"
                        .formatted(url, platform.adminKey(), CommandLine.MUSTER))
                .status())
        .isZero();
  }

  @Test
  void the_doctor_finds_a_healthy_platform_and_packs_no_secret(@TempDir Path folder)
      throws Exception {
    var bundle = folder.resolve("report.zip");
    var findings = done("doctor", "--bundle", bundle.toString(), "-o", "json").json();
    assertThat(findings.findValuesAsString("check"))
        .contains("server", "key", "clock", "version", "workers", "hosts", "audit log", "disk");
    assertThat(findings.findValuesAsString("result")).doesNotContain("failed");
    assertThat(Files.size(bundle)).isPositive();
    var down =
        new CommandLine(folder)
            .with("MUSTER_URL", "http://localhost:1")
            .with("MUSTER_API_KEY", "none");
    assertThat(down.run("doctor").status()).isEqualTo(7);
  }

  @Test
  void many_are_changed_at_once_and_what_failed_is_said() throws Exception {
    for (int i = 0; i < 3; i++) {
      done("create", "many-" + i, "--no-wait");
    }
    done("wait", "many-0", "many-1", "many-2");
    var asked = muster.run("pause", "--all", "--name", "many-");
    assertThat(asked.status()).isEqualTo(2);
    assertThat(asked.err()).contains("Pause 3 instances?", "--yes");
    assertThat(done("pause", "--all", "--name", "many-", "--yes", "-o", "json").json()).hasSize(3);
    assertThat(done("resume", "many-1", "many-2").out()).contains("many-1", "many-2");
    assertThat(
            done("list", "--name", "many-", "--status", "paused", "-o", "jsonpath=$[*].name").out())
        .isEqualTo("many-0\n");
    done("delete", "--all", "--name", "many-", "--yes");
  }

  @Test
  void names_may_be_anything() throws Exception {
    var name = "zwei Wörter 🤖 日本";
    var created = muster.bash("muster create '%s' -o 'jsonpath=$.name'".formatted(name));
    assertThat(created.out()).as(created.err()).isEqualTo(name + "\n");
    assertThat(muster.bash("muster get '%s'".formatted(name)).out()).contains(name);
    assertThat(muster.bash("muster delete '%s'".formatted(name)).status()).isZero();
    assertThat(muster.run("get", "frist-bot").status()).isEqualTo(3);
  }

  @Test
  void help_completion_and_what_words_mean_need_no_server(@TempDir Path settings) throws Exception {
    var offline = new CommandLine(settings);
    assertThat(offline.run("version").out()).startsWith("Muster ");
    assertThat(offline.bash("muster version >/dev/full").status()).isEqualTo(1);
    assertThat(offline.bash("muster help | head -1").status()).isZero();
    assertThat(offline.run("down", "--help").out()).startsWith("Usage: muster down");
    assertThat(offline.run("explain", "OutcomeIgnored").out()).contains("event: OutcomeIgnored");
    assertThat(offline.run("explain", "409").out()).contains("operation-under-way");
    assertThat(offline.run("help", "list").out()).startsWith("Usage: muster list");
    var complete =
        offline.bash(
            "source <(muster completion bash); COMP_WORDS=(muster res); COMP_CWORD=1;"
                + " COMP_LINE='muster res'; COMP_POINT=10; _complete_muster; echo"
                + " \"${COMPREPLY[@]}\"");
    assertThat(complete.out()).as(complete.err()).isEqualTo("resume restart\n");
    assertThat(offline.run("completion", "fish").out()).contains("complete -c muster");
  }

  @Test
  void a_terminal_has_colours_and_its_width_and_a_pipe_has_neither() throws Exception {
    var id = api.running("{\"name\": \"a-name-that-is-long-enough-to-be-cut\"}");
    var list = "'%s' list --name a-name".formatted(CommandLine.MUSTER);
    var shown =
        muster.bash("script -qec \"stty cols 40; %s\" /dev/null </dev/null".formatted(list));
    assertThat(shown.out()).contains("\u001b[3", "…");
    assertThat(Stream.of(shown.out().replaceAll("\u001b\\[[0-9;]*m", "").split("\r?\n")))
        .allMatch(line -> line.length() <= 40);
    assertThat(muster.bash(list + " | cat").out()).doesNotContain("\u001b", "…");
    done("delete", id);
  }

  @Test
  void top_is_driven_by_keys() throws Exception {
    var id = api.running("{\"name\": \"topmost\"}");
    // Filters, shows the log and comes back, pauses what is left, and ends; a key waits until the
    // one before it has done its work.
    var top =
        "printf '/topmost\\rlxpq' | script -qec \"stty rows 20 cols 90; '%s' top%s\" /dev/null";
    assertThat(muster.bash(top.formatted(CommandLine.MUSTER, " --read-only")).out())
        .contains("Only looking");
    assertThat(api.statusOf(id)).isEqualTo("running");
    assertThat(muster.bash(top.formatted(CommandLine.MUSTER, "")).out())
        .contains("heartbeat", "Any key goes back.", "topmost: paused");
    assertThat(api.statusOf(id)).isEqualTo("paused");
    assertThat(muster.run("top").status()).isEqualTo(2);
    done("delete", id);
  }
}
