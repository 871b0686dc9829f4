package dev.muster.infrastructure;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Loopback ports. */
public final class FreePort {

  // Below the range from which Linux takes ports for outgoing connections, so that a port found
  // free is not taken by one before its server listens.
  private static final int FIRST = 20_000;
  private static final int LAST = 30_000;
  private static final int ATTEMPTS = 200;

  private FreePort() {}

  /** A port that nothing listened on a moment ago. */
  public static int any() {
    for (int i = 0; i < ATTEMPTS; i++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
      if (isFree(port)) {
        return port;
      }
    }
    throw new ServerStartException(
        "no free port found between %d and %d on 127.0.0.1".formatted(FIRST, LAST));
  }

  static int orGiven(int port) {
    return port == 0 ? any() : port;
  }

  public static boolean isFree(int port) {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
