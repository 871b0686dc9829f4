package dev.muster.standalone;

import dev.muster.ops.launch.ConfigFile;
import dev.muster.standalone.Invocation.Up;
import java.util.Map;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * The settings of this run. Later ones fill what earlier ones leave open: the command line, system
 * properties, the environment, the file given with {@code --config}, and what follows from the data
 * folder.
 */
final class Settings {

  private Settings() {}

  static ConfigurableEnvironment load(Up up) {
    var environment = new StandardEnvironment();
    var sources = environment.getPropertySources();
    sources.addFirst(
        new MapPropertySource(
            "command line",
            Map.of(
                "server.port", Integer.toString(up.port()), "muster.data", up.data().toString())));
    if (up.config() != null) {
      ConfigFile.read(up.config()).forEach(sources::addLast);
    }
    Map<String, Object> derived =
        Map.of("muster.hosts-data", up.data().resolve("hosts").toString());
    sources.addLast(new MapPropertySource("data folder", derived));
    return environment;
  }
}
