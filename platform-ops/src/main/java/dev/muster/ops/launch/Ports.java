package dev.muster.ops.launch;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;

/** Looks at ports before anything is started that would need them. */
public final class Ports {

  private Ports() {}

  /**
   * @param setting where the address was given, for the message
   * @throws StartException when there is no such address
   */
  public static InetAddress address(String setting, String address) {
    try {
      return InetAddress.getByName(address);
    } catch (UnknownHostException e) {
      throw new StartException("%s '%s' is no address".formatted(setting, address), e);
    }
  }

  /**
   * @param option that chooses another port, for the message
   * @throws StartException when something listens there already, or it is not ours to take
   */
  public static void check(InetAddress address, int port, String option) {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(address, port));
    } catch (IOException e) {
      throw new StartException(
          "port %d cannot be used (%s); choose another with %s"
              .formatted(port, e.getMessage(), option),
          e);
    }
  }
}
