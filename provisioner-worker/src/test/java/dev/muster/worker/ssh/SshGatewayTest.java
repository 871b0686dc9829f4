package dev.muster.worker.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.muster.events.access.ApiKeyEvent;
import dev.muster.events.access.ApiKeyEvent.KeyReplaced;
import dev.muster.events.access.ApiKeyEvent.KeyRevoked;
import dev.muster.events.codec.ApiKeyEventCodec;
import dev.muster.events.codec.EventRecords;
import dev.muster.events.envelope.Correlation;
import dev.muster.events.envelope.RecordedEvent;
import dev.muster.events.instance.Ids;
import dev.muster.worker.EventTopic;
import dev.muster.worker.driver.Action;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.apache.sshd.client.channel.ChannelShell;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.util.net.SshdSocketAddress;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Shells over SSH, from a ticket on the topic to a process of the instance. */
class SshGatewayTest {

  private static final Duration LONG = Duration.ofMinutes(10);
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir static Path data;
  private static EventTopic topic;
  private static OpenGateway gateway;
  private static Caller caller;

  @BeforeAll
  static void open() throws Exception {
    topic = new EventTopic();
    gateway = new OpenGateway(topic, data, 2, LONG);
    caller = new Caller(gateway.address());
  }

  @AfterAll
  static void close() throws Exception {
    caller.close();
    gateway.close();
    topic.close();
  }

  @Test
  void a_command_runs_in_the_folder_and_the_environment_of_the_instance() throws Exception {
    var instance = gateway.instance();

    var outcome =
        caller.run(
            gateway.user(instance),
            "pwd; echo $HOME; echo \"$GREETING\"; echo $MUSTER_INSTANCE_ID $MUSTER_RUN_ID; exit 7");

    var work = data.resolve("local").resolve(instance).resolve("work").toRealPath();
    assertThat(outcome.text().lines())
        .containsExactly("" + work, "" + work, "grüß dich 'you'", instance + " op_1");
    assertThat(outcome.status()).isEqualTo(7);
    assertThat(outcome.errors()).isEmpty();
  }

  @Test
  void a_forged_ticket_opens_no_shell_and_one_written_after_it_does() throws Exception {
    var instance = gateway.instance();
    var forged = gateway.forgedUser(instance);

    assertThat(caller.run(gateway.user(instance), "echo in").text()).isEqualTo("in\n");
    assertThatThrownBy(() -> caller.run(forged, "id")).isInstanceOf(SshException.class);
  }

  @Test
  void mibs_go_in_and_come_out_as_they_were() throws Exception {
    var input = new byte[5_000_000];
    new Random(7).nextBytes(input);

    var outcome = caller.run(gateway.user(gateway.instance()), "cat", input);

    assertThat(outcome.status()).isZero();
    assertThat(outcome.out()).isEqualTo(input);
  }

  @Test
  void much_output_of_a_command_that_reads_nothing_arrives_whole() throws Exception {
    var outcome =
        caller.run(
            gateway.user(gateway.instance()), "head -c 20000000 /dev/zero; echo oops >&2; kill $$");

    assertThat(outcome.out()).hasSize(20_000_000);
    assertThat(outcome.errors()).isEqualTo("oops\n");
    assertThat(outcome.status()).isEqualTo(128 + 15);
  }

  @Test
  void a_command_arrives_to_the_letter() throws Exception {
    var outcome =
        caller.run(gateway.user(gateway.instance()), "printf '%s|' \"日本 🦊\" '\\' '$x' \"a'b\"");

    assertThat(outcome.text()).isEqualTo("日本 🦊|\\|$x|a'b|");
  }

  @Test
  void a_command_can_have_a_terminal_of_its_size() throws Exception {
    try (var session = caller.login(gateway.user(gateway.instance()))) {
      var outcome = Caller.runOnTerminal(session, "tty && stty size && echo $TERM; exit 3");

      assertThat(outcome.text().lines().toList())
          .hasSize(3)
          .satisfies(lines -> assertThat(lines.getFirst()).startsWith("/dev/pts/"))
          .endsWith("40 100", "xterm-256color");
      assertThat(outcome.status()).isEqualTo(3);
    }
  }

  @Test
  void an_interactive_shell_heeds_keys_and_the_size_of_its_window() throws Exception {
    try (var session = caller.login(gateway.user(gateway.instance()));
        var channel = session.createShellChannel()) {
      var screen = shell(channel);
      type(channel, "echo si''ze; stty size\n");
      await().atMost(PATIENCE).until(() -> screen.toString().contains("size\r\n24 80\r\n"));

      channel.sendWindowChange(120, 50);
      await()
          .atMost(PATIENCE)
          .until(
              () -> {
                type(channel, "stty size\n");
                return screen.toString().contains("50 120");
              });
      type(channel, "sleep 600\n");
      await()
          .atMost(PATIENCE)
          .until(
              () -> {
                type(channel, "\u0003echo aw''ake\n");
                return screen.toString().contains("awake");
              });
      type(channel, "exit 5\n");

      channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), PATIENCE);
      assertThat(channel.getExitStatus()).isEqualTo(5);
    }
  }

  @Test
  void a_ticket_lets_in_once() throws Exception {
    var user = gateway.user(gateway.instance());

    assertThat(caller.run(user, "true").status()).isZero();

    assertRefused(user);
  }

  @Test
  void a_ticket_that_is_over_or_for_another_instance_or_worker_lets_nobody_in() throws Exception {
    var instance = gateway.instance();
    var late = gateway.user(instance, "key_1", Instant.now().minusSeconds(1));
    var ofAnother = gateway.userOfAnother(instance);
    var ticket = gateway.user(instance).substring(instance.length());

    assertRefused(late);
    assertRefused(ofAnother);
    assertRefused(Ids.newInstance() + ticket);
  }

  @Test
  void a_login_may_come_before_its_ticket() throws Exception {
    var instance = gateway.instance();
    var ticket = OpenGateway.newTicket();
    try (var waiting = new Caller(gateway.address())) {
      var login =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return waiting.run(instance + "." + ticket, "echo in").text();
                } catch (IOException e) {
                  return e.toString();
                }
              });
      await().until(() -> !login.isDone());
      gateway.tell(ticket, instance);

      assertThat(login.get()).isEqualTo("in\n");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "root",
        "inst_1",
        "inst_1.",
        "inst_../../etc.0000000000000000000000000000000000000000",
        "inst_1.0000000000000000000000000000000000000000\n",
        "$(touch /tmp/x).0000000000000000000000000000000000000000",
        "日本 🦊",
        "inst_1.000000000000000000000000000000000000000G",
      })
  void who_is_no_user_is_refused(String user) {
    assertRefused(user);
    assertRefused(user.repeat(500));
  }

  @Test
  void nothing_is_forwarded() throws Exception {
    try (var session = caller.login(gateway.user(gateway.instance()))) {
      var here = new SshdSocketAddress("localhost", 0);
      var there = new SshdSocketAddress("localhost", gateway.address().port());

      assertThatThrownBy(() -> session.startRemotePortForwarding(here, there))
          .isInstanceOf(IOException.class);
      assertThatThrownBy(
              () -> session.createDirectTcpipChannel(here, there).open().verify(PATIENCE))
          .isInstanceOf(IOException.class);
      assertThat(Caller.run(session, "echo still here", new byte[0]).text())
          .isEqualTo("still here\n");
    }
  }

  @Test
  void so_many_shells_may_be_open_and_one_more_is_told_so() throws Exception {
    var instance = gateway.instance();
    try (var one = caller.login(gateway.user(instance));
        var first = one.createShellChannel();
        var second = one.createShellChannel()) {
      shell(first);
      shell(second);
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> {
                var third = caller.run(gateway.user(instance), "true");
                assertThat(third.errors())
                    .isEqualTo("muster: 2 shells are open here, and no more may be\r\n");
                assertThat(third.status()).isEqualTo(1);
              });
    }
    await().atMost(PATIENCE).until(() -> caller.run(gateway.user(instance), "true").status() == 0);
  }

  @Test
  void a_shell_is_frozen_with_its_instance_and_ends_with_it() throws Exception {
    var instance = gateway.instance();
    try (var session = caller.login(gateway.user(instance));
        var channel = session.createShellChannel()) {
      var screen = shell(channel);
      type(channel, "echo be''fore\n");
      await().atMost(PATIENCE).until(() -> screen.toString().contains("before"));

      gateway.perform(instance, 2, new Action.Pause());
      assertThat(caller.run(gateway.user(instance), "true").errors()).contains("it is paused");
      type(channel, "echo af''ter\n");
      assertThat(screen.toString()).doesNotContain("after");
      gateway.perform(instance, 3, new Action.Resume());
      await().atMost(PATIENCE).until(() -> screen.toString().contains("after"));

      gateway.perform(instance, 4, new Action.Remove());
      assertThat(channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), PATIENCE))
          .contains(ClientChannelEvent.CLOSED);
      assertThat(caller.run(gateway.user(instance), "true").errors())
          .contains("no host of this worker has it");
    }
  }

  @Test
  void sessions_and_tickets_of_a_revoked_key_end() throws Exception {
    var instance = gateway.instance();
    var key = "key_" + instance;
    var unused = gateway.user(instance, key, Instant.now().plusSeconds(60));
    try (var session = caller.login(gateway.user(instance, key, Instant.now().plusSeconds(60)));
        var other = caller.login(gateway.user(instance))) {
      revoke(key);

      assertClosed(session);
      assertThat(Caller.run(other, "echo fine", new byte[0]).text()).isEqualTo("fine\n");
      assertRefused(unused);
    }
  }

  @Test
  void shells_end_with_the_key_that_opened_them() throws Exception {
    var instance = gateway.instance();
    var key = "key_" + instance;
    try (var expiring =
            caller.login(gateway.userUntil(instance, "key_2", Instant.now().plusSeconds(3)));
        var replaced = caller.login(gateway.user(instance, key, Instant.now().plusSeconds(60)));
        var other = caller.login(gateway.user(instance))) {
      var at = Instant.now();
      hear(key, new KeyReplaced(key, "key_3", at.plusSeconds(1), at));

      assertClosed(expiring);
      assertClosed(replaced);
      assertThat(Caller.run(other, "echo fine", new byte[0]).text()).isEqualTo("fine\n");
      assertRefused(gateway.userUntil(instance, "key_2", Instant.now()));
    }
  }

  @Test
  void who_hangs_up_leaves_nothing_that_heeds_it() throws Exception {
    var instance = gateway.instance();
    var pid = data.resolve("local").resolve(instance).resolve("work/pid");
    var session = caller.login(gateway.user(instance));
    var channel = session.createExecChannel("echo $$ > p; mv p pid; sleep 600");
    channel.open().verify(PATIENCE);
    await().atMost(PATIENCE).until(() -> Files.exists(pid));

    session.close(true);

    var process = Long.parseLong(Files.readString(pid).strip());
    await().atMost(PATIENCE).until(() -> ProcessHandle.of(process).isEmpty());
  }

  @Test
  void a_gateway_that_stops_ends_its_sessions_and_is_known_by_the_same_key_later()
      throws Exception {
    var folder = data.resolve("again");
    var before = new OpenGateway(topic, folder, 2, LONG);
    var instance = before.instance();
    try (var visitor = new Caller(before.address());
        var session = visitor.login(before.user(instance))) {
      var file = folder.resolve("ssh_host_ed25519_key");
      assertThat(Files.getPosixFilePermissions(file))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
      var fingerprint = before.address().fingerprint();
      assertThat(fingerprint).matches("SHA256:[A-Za-z0-9+/]{43}");

      before.stop();

      assertThat(session.waitFor(EnumSet.of(ClientSession.ClientSessionEvent.CLOSED), PATIENCE))
          .contains(ClientSession.ClientSessionEvent.CLOSED);
      try (var after = new OpenGateway(topic, folder, 2, LONG)) {
        assertThat(after.address().fingerprint()).isEqualTo(fingerprint);
      }
    } finally {
      before.close();
    }
  }

  @Test
  void a_silent_connection_is_cut() throws Exception {
    try (var impatient = new OpenGateway(topic, data.resolve("idle"), 2, Duration.ofSeconds(1));
        var visitor = new Caller(impatient.address());
        var session = visitor.login(impatient.user(impatient.instance()))) {
      assertThat(session.waitFor(EnumSet.of(ClientSession.ClientSessionEvent.CLOSED), PATIENCE))
          .contains(ClientSession.ClientSessionEvent.CLOSED);
    }
  }

  private static ByteArrayOutputStream shell(ChannelShell channel) throws IOException {
    var screen = new ByteArrayOutputStream();
    channel.setOut(screen);
    channel.setErr(screen);
    channel.setPtyColumns(80);
    channel.setPtyLines(24);
    channel.open().verify(PATIENCE);
    return screen;
  }

  private static void type(ChannelShell channel, String text) throws IOException {
    // Not a pipe: it breaks when the thread that wrote last has ended.
    var keys = channel.getInvertedIn();
    keys.write(text.getBytes(StandardCharsets.UTF_8));
    keys.flush();
  }

  private static void assertClosed(ClientSession session) {
    assertThat(session.waitFor(EnumSet.of(ClientSession.ClientSessionEvent.CLOSED), PATIENCE))
        .contains(ClientSession.ClientSessionEvent.CLOSED);
  }

  private static void assertRefused(String user) {
    assertThatThrownBy(() -> caller.login(user)).isInstanceOf(SshException.class);
  }

  private static void revoke(String keyId) throws Exception {
    hear(keyId, new KeyRevoked(keyId, Instant.now()));
  }

  private static void hear(String keyId, ApiKeyEvent happened) throws Exception {
    var event =
        new RecordedEvent(
            Ids.newEvent(),
            keyId,
            2,
            0,
            happened.at(),
            Correlation.platform("test"),
            new ApiKeyEventCodec().encode(happened));
    topic.putEvent(EventRecords.write(event));
  }
}
