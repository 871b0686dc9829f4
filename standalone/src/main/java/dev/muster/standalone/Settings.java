package dev.muster.standalone;

import dev.muster.standalone.Invocation.Up;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.springframework.boot.env.PropertiesPropertySourceLoader;
import org.springframework.boot.env.PropertySourceLoader;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.FileSystemResource;

/**
 * The settings of this run. Later ones fill what earlier ones leave open: the command line, system
 * properties, the environment, the file given with {@code --config}, and what follows from the data
 * folder.
 */
final class Settings {

  private static final List<PropertySourceLoader> LOADERS =
      List.of(new YamlPropertySourceLoader(), new PropertiesPropertySourceLoader());

  private Settings() {}

  static ConfigurableEnvironment load(Up up) {
    var environment = new StandardEnvironment();
    var sources = environment.getPropertySources();
    sources.addFirst(
        new MapPropertySource("command line", Map.of("server.port", Integer.toString(up.port()))));
    if (up.config() != null) {
      read(up.config()).forEach(sources::addLast);
    }
    Map<String, Object> derived =
        Map.of("muster.hosts-data", up.data().resolve("hosts").toString());
    sources.addLast(new MapPropertySource("data folder", derived));
    return environment;
  }

  /**
   * @throws StartException when something listens there already
   */
  static void checkPort(int port, InetAddress address) {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(address, port));
    } catch (IOException e) {
      throw new StartException(
          "port %d cannot be used (%s); choose another with --port".formatted(port, e.getMessage()),
          e);
    }
  }

  private static List<org.springframework.core.env.PropertySource<?>> read(Path file) {
    if (!Files.isReadable(file)) {
      throw new StartException("the configuration file %s cannot be read".formatted(file));
    }
    try {
      return loader(file).load(file.toString(), new FileSystemResource(file));
    } catch (IOException | RuntimeException e) {
      var why = String.valueOf(e.getMessage()).lines().findFirst().orElse("unreadable");
      throw new StartException(
          "the configuration file %s is not as it should be: %s".formatted(file, why), e);
    }
  }

  private static PropertySourceLoader loader(Path file) {
    var name = file.getFileName().toString();
    return LOADERS.stream()
        .filter(
            loader ->
                List.of(loader.getFileExtensions()).stream().anyMatch(x -> name.endsWith("." + x)))
        .findFirst()
        .orElseThrow(
            () ->
                new StartException(
                    "the configuration file %s must end in .yaml or .properties".formatted(file)));
  }
}
