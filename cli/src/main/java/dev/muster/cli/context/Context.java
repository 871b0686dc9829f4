package dev.muster.cli.context;

import org.jspecify.annotations.Nullable;

/**
 * A server by a name, as it is kept. At most one of the last three says what the key is.
 *
 * @param url such as {@code http://localhost:3000}
 * @param key the key itself
 * @param keyFile absolute path of a file that has it
 * @param keyCommand a shell command that prints it
 */
public record Context(
    String url, @Nullable String key, @Nullable String keyFile, @Nullable String keyCommand) {

  /** Where the key is, in words. */
  public String keyFrom() {
    if (key != null) {
      return "kept here";
    }
    if (keyFile != null) {
      return keyFile;
    }
    return keyCommand != null ? "$(" + keyCommand + ")" : "MUSTER_API_KEY";
  }

  /** Never the secret. */
  @Override
  public String toString() {
    return "Context[" + url + ", " + keyFrom() + "]";
  }
}
