package dev.muster.worker.ssh;

import dev.muster.events.worker.ShellTicket;
import dev.muster.ops.log.LogThrottle;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.apache.sshd.server.session.ServerSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Admits whoever holds a ticket, and writes down who does not. */
final class TicketAuthenticator {

  /** What a session was let in with. */
  static final AttributeKey<ShellTicket> TICKET = new AttributeKey<>();

  private static final Logger log = LoggerFactory.getLogger(TicketAuthenticator.class);

  private final TicketStore tickets;
  private final Connections connections;
  private final LogThrottle lines = new LogThrottle(Duration.ofSeconds(1));

  TicketAuthenticator(TicketStore tickets, Connections connections) {
    this.tickets = tickets;
    this.connections = connections;
  }

  /** Whether the user has a ticket, which may be on its way. */
  CompletableFuture<Boolean> admits(ServerSession session, String user) {
    var login = SshLogin.of(user);
    if (login.isEmpty()) {
      refuse("none", session.getClientAddress(), "no such user");
      return CompletableFuture.completedFuture(false);
    }
    return tickets
        .take(login.get().hash())
        .thenApply(ticket -> enter(session, login.get(), ticket));
  }

  // A ticket that is tried on another instance is used up as well.
  private boolean enter(ServerSession session, SshLogin login, Optional<ShellTicket> ticket) {
    var fitting = ticket.filter(t -> t.instanceId().equals(login.instanceId()));
    if (fitting.isEmpty()) {
      var reason = ticket.isPresent() ? "of another instance" : "unknown, used or expired";
      refuse(login.instanceId(), session.getClientAddress(), reason);
      return false;
    }
    if (!connections.admit(session)) {
      refuse(login.instanceId(), session.getClientAddress(), "too many have logged in");
      return false;
    }
    session.setAttribute(TICKET, fitting.get());
    return true;
  }

  private void refuse(String instanceId, SocketAddress address, String reason) {
    lines.write(
        suppressed ->
            log.warn(
                "shell_login_refused instance_id={} address={} reason=\"{}\" suppressed={}",
                instanceId,
                address,
                reason,
                suppressed));
  }
}
