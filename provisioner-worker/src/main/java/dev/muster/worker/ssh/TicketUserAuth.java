package dev.muster.worker.ssh;

import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.server.auth.AbstractUserAuth;
import org.apache.sshd.server.auth.AsyncAuthException;

/** Takes the ticket that is in the user name, and asks nothing. */
final class TicketUserAuth extends AbstractUserAuth {

  /** The one in which a server may ask as little as it likes, and may take its time. */
  static final String METHOD = "keyboard-interactive";

  private final TicketAuthenticator authenticator;

  TicketUserAuth(TicketAuthenticator authenticator) {
    super(METHOD);
    this.authenticator = authenticator;
  }

  @Override
  protected Boolean doAuth(Buffer buffer, boolean init) {
    var admission = authenticator.admits(getServerSession(), getUsername());
    if (admission.isDone()) {
      return admission.join();
    }
    var later = new AsyncAuthException();
    var unused = admission.thenAccept(later::setAuthed);
    throw later;
  }
}
