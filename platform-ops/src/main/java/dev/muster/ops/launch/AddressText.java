package dev.muster.ops.launch;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Addresses as people write them, where Java has {@code 0:0:0:0:0:0:0:1}.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5952.html#section-4">RFC 5952, 4</a>
 */
public final class AddressText {

  private static final int GROUPS = 8;

  private AddressText() {}

  public static String of(InetAddress address) {
    if (!(address instanceof Inet6Address)) {
      return address.getHostAddress();
    }
    var full = address.getHostAddress();
    int scope = full.indexOf('%');
    return shortest(address.getAddress()) + (scope < 0 ? "" : full.substring(scope));
  }

  /** The same of what Java has written; what is no address of version 6 stays as it is. */
  public static String of(String address) {
    if (address.indexOf(':') < 0) {
      return address;
    }
    try {
      return of(InetAddress.getByName(address));
    } catch (UnknownHostException e) {
      return address;
    }
  }

  private static String shortest(byte[] bytes) {
    var groups =
        IntStream.range(0, GROUPS)
            .map(i -> (bytes[2 * i] & 0xff) << 8 | bytes[2 * i + 1] & 0xff)
            .toArray();
    int begin = 0;
    int length = 1;
    for (int from = 0; from < GROUPS; from++) {
      int to = from;
      while (to < GROUPS && groups[to] == 0) {
        to++;
      }
      if (to - from > length) {
        begin = from;
        length = to - from;
      }
    }
    return length == 1
        ? joined(groups, 0, GROUPS)
        : joined(groups, 0, begin) + "::" + joined(groups, begin + length, GROUPS);
  }

  private static String joined(int[] groups, int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> Integer.toHexString(groups[i]))
        .collect(Collectors.joining(":"));
  }
}
