package dev.muster.web.server;

import jakarta.servlet.http.HttpServletRequest;
import java.util.function.BooleanSupplier;
import org.apache.coyote.ActionCode;
import org.apache.coyote.Request;

/** Tells who waits for more of an answer from who has left. Writing tells, too, but not silence. */
public final class ClientConnection {

  private static final String ATTRIBUTE = ClientConnection.class.getName();

  /** What the server says there is to read when reading fails. */
  private static final int FAILED = 1;

  private ClientConnection() {}

  static void watch(Request request) {
    BooleanSupplier gone =
        () -> {
          request.action(ActionCode.AVAILABLE, true);
          return request.getAvailable() == FAILED;
        };
    request.setAttribute(ATTRIBUTE, gone);
  }

  /**
   * Whether the client of a request without a body has closed its connection. To be asked by who
   * answers it, beside writing; false where nobody can tell.
   */
  public static boolean isGone(HttpServletRequest request) {
    return request.getAttribute(ATTRIBUTE) instanceof BooleanSupplier gone && gone.getAsBoolean();
  }
}
