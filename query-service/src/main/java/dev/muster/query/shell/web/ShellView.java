package dev.muster.query.shell.web;

import dev.muster.query.shell.Gateway;
import io.swagger.v3.oas.annotations.media.Schema;

/**
 * How to open a shell.
 *
 * @param host to connect to
 * @param user to log in as; it names the instance, and is good for one login within a minute
 * @param command that does all of it
 * @param hostKeyFingerprint of the host's key, as {@code ssh} shows it on first contact
 */
record ShellView(
    String host,
    @Schema(minimum = "1", maximum = "65535") int port,
    String user,
    String command,
    String hostKeyFingerprint) {

  static ShellView of(Gateway gateway, String user) {
    var address = gateway.address();
    return new ShellView(
        address.host(),
        address.port(),
        user,
        "ssh -p %d %s@%s".formatted(address.port(), user, address.host()),
        address.fingerprint());
  }
}
