package dev.muster.web.proxy;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.apache.catalina.util.NetMask;

/** Proxies whose word about where a request came from is taken. */
record TrustedProxies(List<NetMask> networks) {

  /**
   * @param networks such as {@code 10.0.0.0/8} or {@code ::1}
   * @throws IllegalArgumentException when one of them is no network
   */
  static TrustedProxies parse(List<String> networks) {
    return new TrustedProxies(networks.stream().map(TrustedProxies::network).toList());
  }

  private static NetMask network(String text) {
    var address = text.split("/", 2)[0];
    if (parsed(address).isEmpty()) {
      throw new IllegalArgumentException(
          "muster.http.trusted-proxies has '%s'; it takes addresses and networks such as 10.0.0.0/8"
              .formatted(text));
    }
    return new NetMask(text);
  }

  /**
   * The nearest address that is no trusted proxy's. Whatever stands before it in the list is what
   * that address says of itself, which is worth nothing.
   *
   * @param peer who the connection is with
   * @param forwarded what the proxies say, the nearest one last
   */
  String clientBehind(String peer, List<String> forwarded) {
    var client = peer;
    for (var address : forwarded.reversed()) {
      if (!trusts(client) || parsed(address).isEmpty()) {
        return client;
      }
      client = parsed(address).get().getHostAddress();
    }
    return client;
  }

  private boolean trusts(String address) {
    return !networks.isEmpty()
        && parsed(address)
            .filter(parsed -> networks.stream().anyMatch(network -> network.matches(parsed)))
            .isPresent();
  }

  private static Optional<InetAddress> parsed(String address) {
    try {
      return Optional.of(InetAddress.ofLiteral(address));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
