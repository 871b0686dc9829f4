package dev.muster.worker.ssh;

import dev.muster.events.worker.ShellTicket;
import java.net.SocketAddress;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.server.auth.AbstractUserAuth;
import org.apache.sshd.server.auth.AsyncAuthException;
import org.apache.sshd.server.auth.UserAuth;
import org.apache.sshd.server.auth.UserAuthFactory;
import org.apache.sshd.server.session.ServerSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Admits whoever holds a ticket. It is in the user name, so that nothing is asked: clients try the
 * method {@code none} first, and there is no other.
 */
final class Door implements UserAuthFactory {

  /** What a session was let in with. */
  static final AttributeKey<ShellTicket> TICKET = new AttributeKey<>();

  private static final Logger log = LoggerFactory.getLogger(Door.class);

  private final TicketBook book;

  Door(TicketBook book) {
    this.book = book;
  }

  @Override
  public String getName() {
    return "none";
  }

  @Override
  public UserAuth createUserAuth(ServerSession session) {
    return new TicketAuth();
  }

  private CompletableFuture<Optional<ShellTicket>> admit(String user, SocketAddress address) {
    var login = Login.of(user);
    if (login.isEmpty()) {
      log.warn("shell_login_refused address={} reason=\"no such user\"", address);
      return CompletableFuture.completedFuture(Optional.empty());
    }
    var instance = login.get().instanceId();
    return book.take(login.get().hash())
        .thenApply(
            ticket -> {
              // One that is tried on another instance is used up as well.
              var fitting = ticket.filter(t -> t.instanceId().equals(instance));
              if (fitting.isEmpty()) {
                log.warn(
                    "shell_login_refused instance_id={} address={} reason=\"{}\"",
                    instance,
                    address,
                    ticket.isPresent() ? "of another instance" : "unknown, used or expired");
              }
              return fitting;
            });
  }

  private final class TicketAuth extends AbstractUserAuth {

    TicketAuth() {
      super("none");
    }

    @Override
    protected Boolean doAuth(Buffer buffer, boolean init) {
      var session = getServerSession();
      var admission = admit(getUsername(), session.getClientAddress());
      if (admission.isDone()) {
        return enter(session, admission.join());
      }
      var later = new AsyncAuthException();
      admission.thenAccept(ticket -> later.setAuthed(enter(session, ticket)));
      throw later;
    }

    private static boolean enter(ServerSession session, Optional<ShellTicket> ticket) {
      ticket.ifPresent(t -> session.setAttribute(TICKET, t));
      return ticket.isPresent();
    }
  }
}
