package dev.muster.system;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A reader who knows a class by its name knows which one it is. */
class ClassNamesTest {

  private static final Path HOME = Path.of(System.getProperty("muster.home", ".."));

  @Test
  void no_two_classes_have_the_same_simple_name() throws IOException {
    var sources = mainSources();
    assertThat(sources).hasSizeGreaterThan(500);

    var byName = sources.stream().collect(groupingBy(Path::getFileName));
    byName.values().removeIf(files -> files.size() == 1);
    assertThat(byName.values()).isEmpty();
  }

  private static List<Path> mainSources() throws IOException {
    try (var modules = Files.newDirectoryStream(HOME, Files::isDirectory)) {
      var all = new ArrayList<Path>();
      for (var module : modules) {
        var main = module.resolve("src/main/java");
        if (Files.isDirectory(main)) {
          try (var files = Files.walk(main)) {
            files
                .filter(file -> file.toString().endsWith(".java"))
                .filter(file -> !file.endsWith("package-info.java"))
                .forEach(all::add);
          }
        }
      }
      return all;
    }
  }
}
