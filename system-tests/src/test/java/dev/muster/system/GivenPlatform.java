package dev.muster.system;

import java.net.URI;
import java.nio.file.Path;

/**
 * A platform that somebody else has started, such as the one of docker-compose.yml, and whose
 * instances run on this machine's kernel.
 */
final class GivenPlatform implements Deployment {

  /** Where it is reached on this machine, such as {@code http://127.0.0.1:3000}. */
  static final String URL = "muster.system.url";

  /** A key that may do everything. */
  static final String KEY = "muster.system.key";

  /** Above the folders of its instances, as they see it. */
  private static final Path DATA = Path.of("/var/lib/muster");

  @Override
  public Api api() {
    return new Api(port(), adminKey());
  }

  @Override
  public String adminKey() {
    return required(KEY);
  }

  @Override
  public int port() {
    return URI.create(required(URL)).getPort();
  }

  @Override
  public Path data() {
    return DATA;
  }

  @Override
  public void close() throws Exception {
    HostProcess.endAllOf(DATA);
  }

  private static String required(String property) {
    var value = System.getProperty(property, "");
    if (value.isEmpty()) {
      throw new IllegalArgumentException(Deployment.SWITCH + " is given, but not " + property);
    }
    return value;
  }
}
