package dev.muster.worker.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.muster.worker.EventTopic;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.session.ClientSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How much callers can take of a gateway, and what comes of one too many. */
class SshLimitsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir static Path data;
  private static EventTopic topic;
  private static OpenGateway gateway;
  private static Caller caller;

  @BeforeAll
  static void open() throws Exception {
    topic = new EventTopic();
    gateway = new OpenGateway(topic, data, 20, Duration.ofMinutes(10));
    caller = new Caller(gateway.address());
  }

  @AfterAll
  static void close() throws Exception {
    caller.close();
    gateway.close();
    topic.close();
  }

  @Test
  void a_channel_too_many_is_refused_and_the_connection_lives() throws Exception {
    try (var session = caller.login(gateway.user(gateway.instance()))) {
      var open = new ArrayList<ChannelExec>();
      for (int i = 0; i < 10; i++) {
        open.add(endless(session));
      }

      for (int i = 0; i < 30; i++) {
        assertThatThrownBy(() -> endless(session)).hasMessageContaining("SshChannelOpenException");
      }
      for (var channel : open) {
        channel.close(false);
      }
      await().atMost(PATIENCE).ignoreExceptions().until(() -> endless(session).isOpen());
    }
  }

  @Test
  void strangers_lock_nobody_out_and_leave_no_descriptor() throws Exception {
    var user = gateway.user(gateway.instance());
    var before = descriptors();
    var dropped = gateway.dropped();
    var idle = new ArrayList<Socket>();
    try {
      for (int i = 0; i < 200; i++) {
        idle.add(stranger());
      }
      for (int i = 0; i < 2_000; i++) {
        stranger().close();
      }

      assertThat(caller.run(user, "echo in").text()).isEqualTo("in\n");
      assertThat(gateway.dropped()).isGreaterThanOrEqualTo(dropped + 200 - 32);
      var last = stranger();
      idle.add(last);
      last.setSoTimeout((int) PATIENCE.toMillis());
      assertThat(last.getInputStream().readAllBytes()).isNotEmpty();
    } finally {
      for (var socket : idle) {
        socket.close();
      }
    }
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(descriptors()).isLessThan(before + 30));
  }

  private static Socket stranger() throws IOException {
    return new Socket("127.0.0.1", gateway.address().port());
  }

  private static int descriptors() throws IOException {
    try (var all = Files.list(Path.of("/proc/self/fd"))) {
      return (int) all.count();
    }
  }

  private static ChannelExec endless(ClientSession session) throws IOException {
    var channel = session.createExecChannel("sleep 600");
    channel.open().verify(PATIENCE);
    return channel;
  }
}
