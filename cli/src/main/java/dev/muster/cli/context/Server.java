package dev.muster.cli.context;

import java.net.URI;
import java.util.Optional;

/**
 * A server, and the key that opens it.
 *
 * @param url without a slash at its end
 * @param from where it was found, in words
 */
public record Server(URI url, Optional<String> key, String from) {

  /** Never the secret. */
  @Override
  public String toString() {
    return url + " (" + from + ")";
  }
}
