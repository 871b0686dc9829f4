package dev.muster.worker.ssh;

import dev.muster.events.worker.ShellTicket;
import dev.muster.worker.driver.ShellRequest;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is written down of a shell: who opened it, from where, and for how long. */
final class ShellSessionLog {

  private static final Logger log = LoggerFactory.getLogger(ShellSessionLog.class);

  private final ShellTicket ticket;
  private final String who;
  private final long begin = System.nanoTime();

  ShellSessionLog(ShellTicket ticket, String address) {
    this.ticket = ticket;
    this.who =
        "instance_id=%s key_id=%s key_name=\"%s\" request_id=%s address=%s"
            .formatted(
                ticket.instanceId(),
                ticket.keyId(),
                ticket.keyName(),
                ticket.requestId(),
                address.startsWith("/") ? address.substring(1) : address);
  }

  ShellTicket ticket() {
    return ticket;
  }

  void opened(ShellRequest request) {
    log.info(
        "shell_opened {} terminal={} command={}",
        who,
        request.terminal().isPresent(),
        request.command().isPresent());
  }

  void refused(String reason) {
    log.info("shell_refused {} reason=\"{}\"", who, reason);
  }

  void ended(int exitCode) {
    var lasted = Duration.ofNanos(System.nanoTime() - begin);
    log.info("shell_ended {} exit_code={} seconds={}", who, exitCode, lasted.toMillis() / 1000.0);
  }
}
