package dev.muster.cli.api;

import dev.muster.cli.Exit;
import dev.muster.cli.Failure;
import dev.muster.cli.context.Server;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Optional;

/** No server answers, or it stops in the middle of it. */
public final class UnreachableException extends Failure {

  private static final long serialVersionUID = 1L;

  UnreachableException(Server server, Exception cause) {
    super(
        Exit.UNREACHABLE,
        "%s does not answer: %s".formatted(server.url(), reason(cause)),
        "It was taken from " + server.from() + ".",
        "Next: start it (muster up), or name another one (muster context use NAME)");
  }

  private static String reason(Exception cause) {
    return switch (cause) {
      case HttpConnectTimeoutException _ -> "no connection in time";
      case HttpTimeoutException _ -> "no answer in time";
      case ConnectException e when unresolved(e) -> "its name is not known";
      case ConnectException _ -> "connection refused";
      default -> Optional.ofNullable(cause.getMessage()).orElse(cause.getClass().getSimpleName());
    };
  }

  private static boolean unresolved(Exception e) {
    return e.getCause() instanceof UnresolvedAddressException
        || e.getCause() != null && e.getCause().getCause() instanceof UnresolvedAddressException;
  }
}
