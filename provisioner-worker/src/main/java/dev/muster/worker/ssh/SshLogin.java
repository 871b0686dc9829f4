package dev.muster.worker.ssh;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What somebody gave as their user name: an instance and a ticket.
 *
 * @param hash of the ticket, as {@code ShellTicket} has it
 */
record SshLogin(String instanceId, String hash) {

  private static final Pattern USER = Pattern.compile("(inst_[0-9a-z]{1,64})\\.([0-9a-f]{40})");

  /** Empty when no ticket looks like that. */
  static Optional<SshLogin> of(String user) {
    var matcher = USER.matcher(user);
    return matcher.matches()
        ? Optional.of(new SshLogin(matcher.group(1), hashOf(matcher.group(2))))
        : Optional.empty();
  }

  private static String hashOf(String ticket) {
    try {
      var digest = MessageDigest.getInstance("SHA-256").digest(ticket.getBytes(US_ASCII));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
