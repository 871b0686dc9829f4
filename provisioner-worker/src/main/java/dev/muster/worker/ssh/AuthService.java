package dev.muster.worker.ssh;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.sshd.common.Service;
import org.apache.sshd.common.ServiceFactory;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.apache.sshd.server.session.ServerSession;
import org.apache.sshd.server.session.ServerUserAuthService;
import org.apache.sshd.server.session.ServerUserAuthServiceFactory;

/**
 * Lets the method {@code none}, which every client tries first, be enough: the library refuses it
 * unseen. So a client that may ask nobody anything, as in a script, gets in as well.
 */
final class AuthService extends ServerUserAuthService {

  static final ServiceFactory FACTORY =
      new ServiceFactory() {
        @Override
        public String getName() {
          return ServerUserAuthServiceFactory.INSTANCE.getName();
        }

        @Override
        public Service create(Session session) throws IOException {
          return new AuthService(session);
        }
      };

  private AuthService(Session session) throws IOException {
    super(session);
  }

  @Override
  protected boolean handleUserAuthRequestMessage(
      ServerSession session, Buffer buffer, AtomicReference<Boolean> holder) throws Exception {
    int begin = buffer.rpos();
    var user = buffer.getString();
    var service = buffer.getString();
    var method = buffer.getString();
    buffer.rpos(begin);
    if (session.isAuthenticated() || !method.equals("none")) {
      return super.handleUserAuthRequestMessage(session, buffer, holder);
    }
    var asked = new ByteArrayBuffer();
    asked.putString(user);
    asked.putString(service);
    asked.putString(TicketUserAuth.METHOD);
    asked.putString(""); // language
    asked.putString(""); // submethods
    return super.handleUserAuthRequestMessage(session, asked, holder);
  }
}
