package dev.muster.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./muster}, the script that people type. */
class ScriptIT {

  private static final String MUSTER =
      Path.of(System.getProperty("muster.home"), "muster").toString();

  @TempDir Path data;

  @AfterEach
  void down() throws Exception {
    muster("down", "--data", data.toString());
    HostProcess.endAllOf(data);
  }

  @Test
  void detached_it_returns_when_ready_and_down_stops_it() throws Exception {
    int port = MusterProcess.freePort();
    var up = muster("up", "--detach", "--data", data.toString(), "--port", "" + port);
    assertThat(up.status()).as(up.output()).isZero();
    assertThat(up.output()).contains("Ready in", "http://localhost:" + port, "ik_");
    assertThat(new Api(port, "").isReady()).isTrue();
    assertThat(muster("list", "--limit", "1").status()).isZero();

    var down = muster("down", "--data", data.toString());

    assertThat(down.status()).as(down.output()).isZero();
    assertThat(new Api(port, "").isReady()).isFalse();
    assertThat(muster("down", "--data", data.toString()))
        .isEqualTo(new Result(1, "muster: nothing runs with the data folder " + data));
  }

  /** In a folder that looks like a built checkout, since a jar of somebody else's gets no cache. */
  @Test
  void the_second_run_starts_from_what_the_first_one_used(@TempDir Path home) throws Exception {
    var built = Files.createDirectories(home.resolve("standalone/target/muster"));
    var jar = UnpackedJar.of(Path.of(System.getProperty("muster.jar")));
    Files.copy(jar, built.resolve("muster.jar"));
    Files.createSymbolicLink(built.resolve("lib"), jar.resolveSibling("lib"));
    var script = Files.copy(Path.of(MUSTER), home.resolve("muster")).toString();
    var port = Integer.toString(MusterProcess.freePort());
    var up = new String[] {script, "up", "--detach", "--port", port, "--data", data.toString()};
    var down = new String[] {script, "down", "--data", data.toString()};
    var cache = built.resolve("muster-%s.aot".formatted(System.getProperty("java.version")));

    // Uses next to nothing, and leaves nothing to start from.
    assertThat(run(builtHere(script, "up", "--help")).status()).isZero();
    assertThat(run(builtHere(up)).status()).isZero();
    assertThat(mapped()).doesNotContain(cache.toString());
    assertThat(run(builtHere(down)).status()).isZero();
    await().atMost(Duration.ofMinutes(3)).until(() -> Files.exists(cache));
    assertThat(Files.size(cache)).as("classes of a whole platform").isGreaterThan(100 << 20);

    assertThat(run(builtHere(up)).status()).isZero();
    assertThat(mapped()).contains(cache.toString());
    assertThat(run(builtHere(down)).status()).isZero();
    await().until(() -> filesIn(built).noneMatch(name -> name.contains(".recorded")));
  }

  @Test
  void recover_brings_back_what_a_lost_postgresql_had() throws Exception {
    var port = Integer.toString(MusterProcess.freePort());
    var options = new String[] {"--detach", "--port", port, "--data", data.toString()};
    assertThat(muster(up("up", options)).status()).isZero();
    var api = new Api(Integer.parseInt(port), Files.readString(data.resolve("admin.key")).strip());
    var id = api.running("{}");
    var history = api.get("/api/instances/" + id + "/history").body();
    muster("down", "--data", data.toString());
    delete(data.resolve("postgresql"));

    var recover = muster(up("recover", options));

    assertThat(recover.status()).as(recover.output()).isZero();
    assertThat(Files.readString(data.resolve("muster.log"))).contains("events_recovered");
    assertThat(api.get("/api/instances/" + id + "/history").body()).isEqualTo(history);
    assertThat(api.post("/api/instances/" + id + "/pause", "").status()).isEqualTo(200);
  }

  private static String[] up(String what, String... options) {
    return Stream.concat(Stream.of(what), Stream.of(options)).toArray(String[]::new);
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Test
  void detached_and_failed_it_shows_why_and_leaves_the_status() throws Exception {
    var file = Files.createFile(data.resolve("file"));
    var up = muster("up", "--detach", "--data", file.toString());
    assertThat(up.status()).isEqualTo(1);
    assertThat(up.output()).startsWith("muster: ").hasLineCount(1);
  }

  @Test
  void infra_and_services_start_and_stop_in_processes_of_their_own() throws Exception {
    var infra = new ArrayList<>(List.of("infra", "--detach", "--data", data.toString()));
    for (var server : List.of("postgresql", "kafka", "mongodb")) {
      infra.add("--%s-port=%d".formatted(server, MusterProcess.freePort()));
    }
    var up = muster(infra.toArray(String[]::new));
    assertThat(up.status()).as(up.output()).isZero();
    int command = MusterProcess.freePort();
    int query = MusterProcess.freePort();
    var services =
        List.of(
            service("command", "--port", "" + command),
            service("query", "--port", "" + query),
            service("worker", "--name", "w"));
    try {
      var key = Files.readString(data.resolve("admin.key")).strip();
      await().atMost(Duration.ofMinutes(2)).until(() -> new Api(command, "").isReady());
      await().atMost(Duration.ofMinutes(2)).until(() -> new Api(query, "").isReady());
      var id = new Api(command, key).post("/api/instances", "{}").json().get("id").asString();
      new Api(query, key).awaitStatus(id, "running");
    } finally {
      services.forEach(Process::destroy);
    }
    for (var service : services) {
      assertThat(service.waitFor(10, TimeUnit.SECONDS)).isTrue();
      assertThat(service.exitValue()).as(Files.readString(data.resolve("services.log"))).isZero();
    }
    var down = muster("infra", "--stop", "--data", data.toString());
    assertThat(down.status()).as(down.output()).isZero();
  }

  @Test
  void a_pid_of_the_past_is_no_muster() throws Exception {
    Files.writeString(data.resolve("muster.pid"), ProcessHandle.current().pid() + " 1\n");
    var down = muster("down", "--data", data.toString());
    assertThat(down.status()).isEqualTo(1);
    assertThat(down.output()).contains("nothing runs with the data folder");
  }

  @Test
  void help_and_mistakes() throws Exception {
    assertThat(muster("--help").output())
        .contains("create ", "  up ", "  service ", "Exit status:");
    assertThat(muster("up", "--help").output()).startsWith("Usage: muster up");
    assertThat(muster("recover", "--help").output()).startsWith("Usage: muster recover");
    assertThat(muster("upp").status()).isEqualTo(2);
    assertThat(muster("upp").output())
        .startsWith("muster: 'upp' is no command\n  Did you mean up?");
    assertThat(muster("version").output()).startsWith("Muster ");
  }

  private record Result(int status, String output) {}

  private Result muster(String... arguments) throws Exception {
    var command = new ArrayList<String>();
    command.add(MUSTER);
    command.addAll(List.of(arguments));
    return run(script(command));
  }

  private static Result run(ProcessBuilder builder) throws Exception {
    var process = builder.start();
    var output = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    return new Result(process.exitValue(), output);
  }

  private ProcessBuilder builtHere(String... command) {
    var builder = script(List.of(command));
    builder.environment().remove("MUSTER_JAR");
    return builder;
  }

  /** The files that the running platform has in its memory. */
  private String mapped() throws IOException {
    var pid = Files.readString(data.resolve("muster.pid")).split(" ")[0];
    return Files.readString(Path.of("/proc", pid, "maps"));
  }

  private static Stream<String> filesIn(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(Path::toString).toList().stream();
    }
  }

  private Process service(String... arguments) throws Exception {
    var command = new ArrayList<>(List.of(MUSTER, "service"));
    command.addAll(List.of(arguments));
    command.addAll(List.of("--env", data.resolve("infra.env").toString(), "--ops-port", "0"));
    var log = ProcessBuilder.Redirect.appendTo(data.resolve("services.log").toFile());
    return script(command).redirectOutput(log).start();
  }

  private ProcessBuilder script(List<String> command) {
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("MUSTER_JAR", System.getProperty("muster.jar"));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("XDG_CONFIG_HOME", data.resolve("settings").toString());
    return builder;
  }
}
