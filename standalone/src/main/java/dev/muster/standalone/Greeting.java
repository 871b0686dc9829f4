package dev.muster.standalone;

import dev.muster.standalone.Invocation.Infra;
import dev.muster.standalone.Invocation.Up;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a new user needs to go on: where it is, the key, and something to try. */
final class Greeting {

  /** As the script was called. */
  private static final String PROGRAM = System.getProperty("muster.program", "muster");

  private Greeting() {}

  /**
   * @param url where the API is
   * @param key the kept admin key, or null when one was given by the settings
   * @param context by which the command line finds it
   */
  static List<String> lines(
      Up up, String url, @Nullable AdminKeyFile key, Optional<LocalContext> context) {
    return List.of(
        "",
        "  API        " + url + "/api/instances",
        "  Admin key  " + description(key),
        "  Context    " + context.map(Greeting::description).orElse("none"),
        "",
        "Try it:",
        "",
        "  " + PROGRAM + " create my-bot",
        "  " + PROGRAM + " logs -f my-bot",
        "",
        "Or over HTTP:",
        "",
        "  curl -X POST " + url + "/api/instances \\",
        "    -H \"X-API-Key: " + inCommand(key) + "\" \\",
        "    -H \"Content-Type: application/json\" \\",
        "    -d '{\"name\": \"my-bot\", \"region\": \"us-east-1\"}'",
        "",
        Boolean.getBoolean("muster.detached")
            ? PROGRAM + " down --data " + up.data() + " stops it."
            : "Ctrl-C stops it.");
  }

  /**
   * @param file settings for services of their own
   */
  static List<String> ofServers(Infra infra, Path file) {
    return List.of(
        "",
        "  Settings   " + file,
        "",
        "Start services beside them, any number of each:",
        "",
        "  " + PROGRAM + " service command --env " + file,
        "  " + PROGRAM + " service query   --env " + file,
        "  " + PROGRAM + " service worker  --env " + file,
        "",
        Boolean.getBoolean("muster.detached")
            ? PROGRAM + " infra --stop --data " + infra.data() + " stops them."
            : "Ctrl-C stops them.");
  }

  private static String description(LocalContext context) {
    return context.name() + "  (" + context.file() + ")";
  }

  private static String description(@Nullable AdminKeyFile key) {
    if (key == null) {
      return "as set by muster.api-key (MUSTER_API_KEY)";
    }
    return key.fresh()
        ? key.text() + "  (shown once; kept in " + key.file() + ")"
        : "kept in " + key.file();
  }

  private static String inCommand(@Nullable AdminKeyFile key) {
    if (key == null) {
      return "your-key";
    }
    return key.fresh() ? key.text() : "$(cat '" + key.file() + "')";
  }
}
