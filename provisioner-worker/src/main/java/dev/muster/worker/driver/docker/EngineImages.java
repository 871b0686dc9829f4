package dev.muster.worker.driver.docker;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.worker.driver.HostFaultException;
import java.util.Map;
import java.util.Optional;

/** Images of an engine, pulled when they are missing. */
final class EngineImages {

  private final DockerEngine engine;
  private final String host;

  EngineImages(DockerEngine engine, String host) {
    this.engine = engine;
    this.host = host;
  }

  /** Why an image cannot be had; empty when it is there. */
  Optional<String> refusal(String image) {
    var path = "/images/%s/json".formatted(image);
    if (!isReference(image)) {
      return Optional.of("image '%s' is no name of an image".formatted(image));
    }
    var there = engine.find(path);
    if (there.isEmpty()) {
      var problem = pull(image);
      if (problem.isPresent()) {
        return problem;
      }
      there = engine.find(path);
    }
    return there.isEmpty()
        ? Optional.of("image '%s' was pulled and is not there".formatted(image))
        : wrongMachine(image, there.get().path("Architecture").asString(""));
  }

  private Optional<String> wrongMachine(String image, String built) {
    var machine = engine.get("/version").path("Arch").asString("");
    return built.isEmpty() || machine.isEmpty() || built.equals(machine)
        ? Optional.empty()
        : Optional.of(
            "image '%s' is for %s, and host %s is %s".formatted(image, built, host, machine));
  }

  private Optional<String> pull(String image) {
    var path = "/images/create?fromImage=" + DockerEngine.encoded(tagged(image));
    var answer = engine.longCall(path, null, Map.of());
    var problem = answer.isOk() ? error(answer.body()) : Optional.of(answer.message());
    return problem.map(p -> "image '%s' cannot be pulled: %s".formatted(image, p));
  }

  // A pull that fails midway has begun to answer with 200.
  private static Optional<String> error(byte[] progress) {
    try {
      return new String(progress, UTF_8)
          .lines()
          .filter(line -> line.contains("\"error\""))
          .map(line -> DockerEngine.parse(line).path("error").asString(""))
          .filter(error -> !error.isEmpty())
          .findFirst();
    } catch (RuntimeException e) {
      throw new HostFaultException("what the engine says of a pull cannot be read", e);
    }
  }

  /** Without a tag the engine would pull all of them. */
  private static String tagged(String image) {
    var last = image.substring(image.lastIndexOf('/') + 1);
    return last.contains(":") || last.contains("@") ? image : image + ":latest";
  }

  private static boolean isReference(String image) {
    return image.matches("[A-Za-z0-9][A-Za-z0-9._:/@-]{0,500}") && !image.contains("..");
  }
}
