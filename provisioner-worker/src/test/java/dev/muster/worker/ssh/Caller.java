package dev.muster.worker.ssh;

import dev.muster.events.worker.ShellAddress;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.channel.ClientChannel;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.keyverifier.AcceptAllServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;

/** Somebody with an SSH client. */
final class Caller implements AutoCloseable {

  static final Duration PATIENCE = Duration.ofSeconds(20);

  private final SshClient client = SshClient.setUpDefaultClient();
  private final ShellAddress address;

  Caller(ShellAddress address) {
    this.address = address;
    client.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
    client.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
    client.setFilePasswordProvider(FilePasswordProvider.EMPTY);
    client.setServerKeyVerifier(AcceptAllServerKeyVerifier.INSTANCE);
    client.start();
  }

  record Outcome(int status, byte[] out, String errors) {

    String text() {
      return new String(out, StandardCharsets.UTF_8);
    }
  }

  /** Logged in. */
  ClientSession login(String user) throws IOException {
    var session =
        client.connect(user, address.host(), address.port()).verify(PATIENCE).getSession();
    session.auth().verify(PATIENCE);
    return session;
  }

  Outcome run(String user, String command) throws IOException {
    return run(user, command, new byte[0]);
  }

  Outcome run(String user, String command, byte[] input) throws IOException {
    try (var session = login(user)) {
      return run(session, command, input);
    }
  }

  static Outcome run(ClientSession session, String command, byte[] input) throws IOException {
    try (ChannelExec channel = session.createExecChannel(command)) {
      return outcome(channel, input);
    }
  }

  /** With a terminal of 100 columns and 40 rows. */
  static Outcome runOnTerminal(ClientSession session, String command) throws IOException {
    try (ChannelExec channel = session.createExecChannel(command, null, Map.of())) {
      channel.setUsePty(true);
      channel.setPtyType("xterm-256color");
      channel.setPtyColumns(100);
      channel.setPtyLines(40);
      return outcome(channel, new byte[0]);
    }
  }

  private static Outcome outcome(ClientChannel channel, byte[] input) throws IOException {
    var out = new ByteArrayOutputStream();
    var errors = new ByteArrayOutputStream();
    channel.setIn(new ByteArrayInputStream(input));
    channel.setOut(out);
    channel.setErr(errors);
    channel.open().verify(PATIENCE);
    var seen = channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), Duration.ofSeconds(60));
    if (!seen.contains(ClientChannelEvent.CLOSED)) {
      throw new AssertionError("it does not end: " + seen + " " + out);
    }
    var status = channel.getExitStatus();
    return new Outcome(
        status == null ? -1 : status, out.toByteArray(), errors.toString(StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    client.stop();
  }
}
