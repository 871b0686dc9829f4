package dev.muster.cli.context;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the server of a command: {@code --context} or {@code --url}, then {@code MUSTER_URL} and
 * {@code MUSTER_API_KEY}, then {@code MUSTER_CONTEXT}, then the context in use. A key of one server
 * is never sent to another.
 */
public final class ServerChoice {

  private static final String DEFAULT_URL = "http://localhost:3000";

  private final Map<String, String> variables;

  public ServerChoice(Map<String, String> variables) {
    this.variables = variables;
  }

  /**
   * @throws ContextException when there is none
   */
  public Server choose(@Nullable String context, @Nullable String url) {
    if (url != null) {
      return new Server(parsed(url), variable("MUSTER_API_KEY"), "--url");
    }
    if (context != null) {
      return of(context);
    }
    if (variable("MUSTER_URL").isPresent()) {
      return new Server(
          parsed(variable("MUSTER_URL").get()), variable("MUSTER_API_KEY"), "MUSTER_URL");
    }
    var key = variable("MUSTER_API_KEY");
    var name = variable("MUSTER_CONTEXT").or(() -> contexts().flatMap(Contexts::current));
    if (key.isPresent()) {
      var server = name.map(known -> contexts().orElseThrow().get(known).url()).orElse(DEFAULT_URL);
      return new Server(parsed(server), key, "MUSTER_API_KEY");
    }
    return name.map(this::of)
        .orElseThrow(
            () ->
                new ContextException(
                    "no server is known",
                    "Start one here: muster up",
                    "Or name one: muster login, or MUSTER_URL and MUSTER_API_KEY"));
  }

  /** Without a slash at its end. */
  public static URI parsed(String url) {
    try {
      var parsed = new URI(url.strip().replaceAll("/+$", ""));
      var scheme = Optional.ofNullable(parsed.getScheme()).orElse("").toLowerCase(Locale.ROOT);
      if ((scheme.equals("http") || scheme.equals("https"))
          && parsed.getHost() != null
          && parsed.getPort() <= 65_535
          && parsed.getRawQuery() == null
          && parsed.getRawUserInfo() == null) {
        return parsed;
      }
    } catch (URISyntaxException e) {
      // Said below, like any other text that is no address.
    }
    throw new ContextException(
        "'%s' is no address of a server".formatted(url), "Such as: " + DEFAULT_URL);
  }

  private Server of(String name) {
    var context =
        contexts()
            .orElseThrow(
                () ->
                    new ContextException(
                        "there is no context '%s', as there is no home folder".formatted(name),
                        "Set HOME, or MUSTER_URL and MUSTER_API_KEY."))
            .get(name);
    return new Server(parsed(context.url()), KeySource.key(context), "context " + name);
  }

  private Optional<Contexts> contexts() {
    return Contexts.of(variables);
  }

  private Optional<String> variable(String name) {
    return Optional.ofNullable(variables.get(name)).map(String::strip).filter(v -> !v.isEmpty());
  }
}
