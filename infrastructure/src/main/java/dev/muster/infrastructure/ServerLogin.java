package dev.muster.infrastructure;

import java.util.regex.Pattern;

/**
 * The one user that an embedded server knows. It logs in by SCRAM-SHA-256 (RFC 5802, RFC 7677),
 * which shows the password to nobody who listens on the server's port in its place.
 *
 * @param password letters, digits, {@code -} and {@code _}, so that no address has to quote it
 */
public record ServerLogin(String username, String password) {

  static final String MECHANISM = "SCRAM-SHA-256";

  private static final Pattern PLAIN = Pattern.compile("[0-9A-Za-z_-]+");

  public ServerLogin {
    if (!PLAIN.matcher(username).matches() || !PLAIN.matcher(password).matches()) {
      throw new IllegalArgumentException(
          "the login of embedded servers takes letters, digits, - and _");
    }
  }

  /** Without the password. */
  @Override
  public String toString() {
    return username;
  }
}
