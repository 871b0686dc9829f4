package dev.muster.ops.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.springframework.boot.env.PropertiesPropertySourceLoader;
import org.springframework.boot.env.PropertySourceLoader;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.FileSystemResource;

/** A file with settings, YAML or properties. */
public final class ConfigFile {

  private static final List<PropertySourceLoader> LOADERS =
      List.of(new YamlPropertySourceLoader(), new PropertiesPropertySourceLoader());

  private ConfigFile() {}

  /**
   * @throws StartException when it cannot be read or makes no sense
   */
  public static List<PropertySource<?>> read(Path file) {
    if (!Files.isReadable(file)) {
      throw new StartException("the configuration file %s cannot be read".formatted(file));
    }
    try {
      return loader(file).load(file.toString(), new FileSystemResource(file));
    } catch (IOException | RuntimeException e) {
      if (e instanceof StartException expected) {
        throw expected;
      }
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
