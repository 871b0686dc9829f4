package dev.muster.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./muster}, the script that people type. */
class ScriptIT {

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

    var down = muster("down", "--data", data.toString());

    assertThat(down.status()).as(down.output()).isZero();
    assertThat(new Api(port, "").isReady()).isFalse();
    assertThat(muster("down", "--data", data.toString()))
        .isEqualTo(new Result(1, "muster: nothing runs with the data folder " + data));
  }

  @Test
  void detached_and_failed_it_shows_why_and_leaves_the_status() throws Exception {
    var file = Files.createFile(data.resolve("file"));
    var up = muster("up", "--detach", "--data", file.toString());
    assertThat(up.status()).isEqualTo(1);
    assertThat(up.output()).startsWith("muster: ").hasLineCount(1);
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
    assertThat(muster("--help").output()).startsWith("Usage: muster up");
    assertThat(muster("upp"))
        .isEqualTo(new Result(1, "muster: 'upp' is no command; see muster --help"));
    assertThat(muster("version").output()).startsWith("Muster ");
  }

  private record Result(int status, String output) {}

  private static Result muster(String... arguments) throws Exception {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("muster.home"), "muster").toString());
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("MUSTER_JAR", System.getProperty("muster.jar"));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    var process = builder.start();
    var output = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    return new Result(process.exitValue(), output);
  }
}
