package dev.muster.worker.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.worker.driver.Shell;
import dev.muster.worker.driver.ShellRequest;
import dev.muster.worker.driver.ShellRequest.Terminal;
import dev.muster.worker.driver.ShellResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Objects;
import java.util.Optional;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.Signal;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One shell, or one command, of a session that was let in. */
final class ShellChannel implements Command {

  private static final Logger log = LoggerFactory.getLogger(ShellChannel.class);
  private static final int REFUSED = 1;

  private final ShellLimiter limiter;
  private final Optional<String> command;
  private InputStream in = InputStream.nullInputStream();
  private OutputStream out = OutputStream.nullOutputStream();
  private OutputStream err = OutputStream.nullOutputStream();
  private ExitCallback atExit = (code, message, closeImmediately) -> {};
  private @Nullable Shell shell;
  private boolean ended;

  ShellChannel(ShellLimiter limiter, Optional<String> command) {
    this.limiter = limiter;
    this.command = command;
  }

  @Override
  public void setInputStream(InputStream stream) {
    in = stream;
  }

  @Override
  public void setOutputStream(OutputStream stream) {
    out = stream;
  }

  @Override
  public void setErrorStream(OutputStream stream) {
    err = stream;
  }

  @Override
  public void setExitCallback(ExitCallback callback) {
    atExit = callback;
  }

  @Override
  public void start(ChannelSession channel, Environment environment) {
    var session = channel.getServerSession();
    var ticket =
        Objects.requireNonNull(
            session.getAttribute(TicketAuthenticator.TICKET), "let in without one");
    var sessionLog = new ShellSessionLog(ticket, String.valueOf(session.getClientAddress()));
    var request = new ShellRequest(command, terminal(environment));
    environment.addSignalListener((_, _) -> resized(environment), Signal.WINCH);
    Thread.ofVirtual().name("shell-open").start(() -> run(sessionLog, request));
  }

  private void run(ShellSessionLog sessionLog, ShellRequest request) {
    try {
      switch (limiter.open(sessionLog.ticket().instanceId(), request)) {
        case ShellResult.NoShell no -> {
          sessionLog.refused(no.reason());
          refuse(no.reason());
        }
        case ShellResult.Opened opened -> {
          sessionLog.opened(request);
          var code = serve(opened.shell());
          sessionLog.ended(code);
          atExit.onExit(code);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      log.error("shell_failed instance_id={}", sessionLog.ticket().instanceId(), e);
      refuse("something went wrong here");
    }
  }

  private void refuse(String reason) {
    try {
      err.write(("muster: " + reason + "\r\n").getBytes(UTF_8));
      err.flush();
    } catch (IOException e) {
      log.debug("the caller left before hearing why there is no shell", e);
    }
    atExit.onExit(REFUSED);
  }

  private int serve(Shell opened) throws InterruptedException {
    if (!keep(opened)) {
      opened.end();
    }
    // A shell that reads nothing any more may still have something to say.
    StreamCopier.begin("shell-in", in, opened.input(), () -> {});
    var printed = StreamCopier.begin("shell-out", opened.output(), out, opened::end);
    var errors = StreamCopier.begin("shell-err", opened.errors(), err, opened::end);
    int code = opened.exit().join();
    printed.join();
    errors.join();
    opened.end();
    return code;
  }

  private synchronized boolean keep(Shell opened) {
    shell = opened;
    return !ended;
  }

  @Override
  public synchronized void destroy(ChannelSession channel) {
    ended = true;
    if (shell != null) {
      shell.end();
    }
  }

  private synchronized void resized(Environment environment) {
    var open = shell;
    if (open != null) {
      terminal(environment).ifPresent(t -> open.resize(t.columns(), t.rows()));
    }
  }

  private static Optional<Terminal> terminal(Environment environment) {
    var values = environment.getEnv();
    var columns = values.get(Environment.ENV_COLUMNS);
    var rows = values.get(Environment.ENV_LINES);
    return columns == null || rows == null
        ? Optional.empty()
        : Optional.of(
            new Terminal(
                values.getOrDefault(Environment.ENV_TERM, ""), number(columns), number(rows)));
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
