package dev.muster.worker.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.muster.worker.EventTopic;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gateway as OpenSSH sees it, where there is one. */
class OpenSshTest {

  @TempDir static Path data;
  private static EventTopic topic;
  private static OpenGateway gateway;

  @BeforeAll
  static void open() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/ssh")), "no OpenSSH here");
    topic = new EventTopic();
    gateway = new OpenGateway(topic, data, 4, Duration.ofMinutes(10));
  }

  @AfterAll
  static void close() throws Exception {
    if (gateway != null) {
      gateway.close();
      topic.close();
    }
  }

  record Ended(int status, String out, String errors) {}

  @Test
  void a_command_runs_without_a_question_and_its_status_comes_back() throws Exception {
    var instance = gateway.instance();

    var ended = ssh(List.of(), gateway.user(instance), "echo $MUSTER_INSTANCE_ID; cat; exit 9");

    assertThat(ended.out()).isEqualTo(instance + "\ntyped\n");
    assertThat(ended.status()).isEqualTo(9);
  }

  @Test
  void a_caller_who_takes_no_more_ends_what_prints() throws Exception {
    var call = String.join(" ", words(List.of(), gateway.user(gateway.instance()), "yes"));

    var process = new ProcessBuilder("sh", "-c", call + " | head -1").start();
    try {
      await().until(() -> !process.isAlive());
      assertThat(process.getInputStream().readAllBytes()).asString().isEqualTo("y\n");
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  @Test
  void a_terminal_is_one() throws Exception {
    var ended = ssh(List.of("-tt"), gateway.user(gateway.instance()), "tty; exit 4");

    assertThat(ended.out()).contains("/dev/pts/");
    assertThat(ended.status()).isEqualTo(4);
  }

  @Test
  void the_host_key_is_what_was_told() throws Exception {
    var known = data.resolve("known_hosts");
    var fresh =
        List.of("-o", "StrictHostKeyChecking=accept-new", "-o", "UserKnownHostsFile=" + known);

    var ended = ssh(fresh, gateway.user(gateway.instance()), "true");

    assertThat(ended.status()).as(ended.errors()).isZero();
    assertThat(run(List.of("ssh-keygen", "-lf", known.toString())).out())
        .contains(gateway.address().fingerprint());
  }

  @Test
  void what_is_old_is_not_spoken() throws Exception {
    for (var old :
        List.of(
            "KexAlgorithms=diffie-hellman-group14-sha1",
            "Ciphers=aes128-cbc",
            "HostKeyAlgorithms=ssh-rsa")) {
      var ended = ssh(List.of("-o", old), gateway.user(gateway.instance()), "true");

      assertThat(ended.status()).as(old).isEqualTo(255);
      assertThat(ended.errors()).contains("no matching");
    }
  }

  @Test
  void no_files_are_served() throws Exception {
    var ended = ssh(List.of("-s"), gateway.user(gateway.instance()), "sftp");

    assertThat(ended.status()).isNotZero();
    assertThat(ended.errors()).contains("subsystem request failed");
  }

  @Test
  void a_stranger_is_refused_without_a_question() throws Exception {
    var ended = ssh(List.of(), "root", "true");

    assertThat(ended.status()).isEqualTo(255);
    assertThat(ended.errors()).contains("Permission denied");
  }

  private static Ended ssh(List<String> options, String user, String command) throws Exception {
    return run(words(options, user, command));
  }

  private static List<String> words(List<String> options, String user, String command) {
    var words =
        new ArrayList<>(
            List.of(
                "ssh", "-F", "none", "-p", "" + gateway.address().port(), "-o", "BatchMode=yes"));
    words.addAll(options);
    words.addAll(
        List.of(
            "-o",
            "StrictHostKeyChecking=no",
            "-o",
            "UserKnownHostsFile=/dev/null",
            user + "@" + gateway.address().host(),
            command));
    return words;
  }

  private static Ended run(List<String> words) throws Exception {
    var process = new ProcessBuilder(words).start();
    try (var input = process.getOutputStream()) {
      input.write("typed\n".getBytes(UTF_8));
    } catch (IOException e) {
      // It ended before it read anything.
    }
    var errors = new ByteArrayOutputStream();
    var reading = Thread.startVirtualThread(() -> copy(process, errors));
    var out = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("it does not end: " + words);
    }
    reading.join();
    return new Ended(process.exitValue(), out, errors.toString(UTF_8));
  }

  private static void copy(Process process, ByteArrayOutputStream errors) {
    try {
      process.getErrorStream().transferTo(errors);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
