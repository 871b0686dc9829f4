package dev.muster.worker.driver.docker;

import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/** Where a Docker Engine listens: {@code unix:///path} or {@code tcp://host:port}. */
public final class EngineUrl {

  private static final String FORMS = "it takes unix:///var/run/docker.sock or tcp://HOST:PORT";

  private EngineUrl() {}

  /** What is wrong with it; empty when nothing is. */
  public static String problem(@Nullable String url) {
    if (url == null) {
      return "url is missing; " + FORMS;
    }
    try {
      var uri = new URI(url);
      var fits =
          switch (uri.getScheme()) {
            case "unix" -> isPath(uri);
            case "tcp" -> isAddress(uri);
            case null, default -> false;
          };
      return fits ? "" : "url is '%s'; %s".formatted(url, FORMS);
    } catch (URISyntaxException e) {
      return "url is '%s'; %s".formatted(url, FORMS);
    }
  }

  private static boolean isPath(URI uri) {
    return uri.getHost() == null
        && uri.getAuthority() == null
        && uri.getPath() != null
        && uri.getPath().length() > 1
        && uri.getQuery() == null;
  }

  private static boolean isAddress(URI uri) {
    return uri.getHost() != null
        && uri.getPort() > 0
        && uri.getPort() <= 0xFFFF
        && uri.getPath().isEmpty()
        && uri.getUserInfo() == null
        && uri.getQuery() == null;
  }
}
