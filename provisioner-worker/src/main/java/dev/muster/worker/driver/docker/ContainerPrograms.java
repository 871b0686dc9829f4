package dev.muster.worker.driver.docker;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Finds programs in containers. The init process that every run has would find out itself, but only
 * after the run has begun.
 */
final class ContainerPrograms {

  private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  // Of Go's io/fs.FileMode, which the engine tells files by.
  private static final long FOLDER = 1L << 31;
  private static final long LINK = 1L << 27;
  private static final long EXECUTABLE = 0111;

  private final DockerEngine engine;

  ContainerPrograms(DockerEngine engine) {
    this.engine = engine;
  }

  /** Why what a container is to run cannot be; empty when it can, as far as its files tell. */
  Optional<String> refusal(String containerId) {
    var container = engine.find("/containers/%s/json".formatted(containerId));
    if (container.isEmpty()) {
      return Optional.empty();
    }
    var program = container.get().path("Path").asString("");
    return places(container.get(), program).isEmpty()
        ? Optional.of("command '%s' is empty".formatted(program))
        : refusal(containerId, program, places(container.get(), program));
  }

  boolean has(String containerId, String program) {
    return engine
        .find("/containers/%s/json".formatted(containerId))
        .filter(c -> refusal(containerId, program, places(c, program)).isEmpty())
        .isPresent();
  }

  private Optional<String> refusal(String containerId, String program, List<String> places) {
    boolean found = false;
    for (var place : places) {
      var mode = mode(containerId, place, true);
      if (mode.isPresent() && (mode.get() & FOLDER) == 0) {
        found = true;
        if ((mode.get() & EXECUTABLE) != 0) {
          return Optional.empty();
        }
      }
    }
    var what = found ? "command '%s' is not executable" : "command '%s' is not found";
    return Optional.of(what.formatted(program));
  }

  private static List<String> places(JsonNode container, String program) {
    if (program.isEmpty()) {
      return List.of();
    }
    if (program.contains("/")) {
      var folder = container.path("Config").path("WorkingDir").asString("");
      return List.of(program.startsWith("/") ? program : folder + "/" + program);
    }
    var found = new ArrayList<String>();
    Arrays.stream(path(container).split(":"))
        .filter(folder -> !folder.isEmpty())
        .forEach(folder -> found.add(folder + "/" + program));
    return found;
  }

  private static String path(JsonNode container) {
    for (var variable : container.path("Config").path("Env")) {
      if (variable.asString("").startsWith("PATH=")) {
        return variable.asString("").substring("PATH=".length());
      }
    }
    return PATH;
  }

  private Optional<Long> mode(String containerId, String file, boolean follow) {
    var path = "/containers/%s/archive?path=%s".formatted(containerId, DockerEngine.encoded(file));
    var stat =
        engine
            .head(path, "X-Docker-Container-Path-Stat")
            .map(text -> DockerEngine.parse(new String(Base64.getDecoder().decode(text), UTF_8)));
    if (stat.isEmpty()) {
      return Optional.empty();
    }
    var mode = stat.get().path("mode").asLong(0);
    // The engine has followed all links of a chain.
    return (mode & LINK) != 0 && follow
        ? mode(containerId, stat.get().path("linkTarget").asString(""), false)
        : Optional.of(mode);
  }
}
