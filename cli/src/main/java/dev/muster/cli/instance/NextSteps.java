package dev.muster.cli.instance;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** What somebody can do about an instance, by how it is. */
final class NextSteps {

  private NextSteps() {}

  static List<String> of(NamedInstance instance, JsonNode json) {
    var id = instance.id();
    if (instance.deleted()) {
      return List.of("It is gone for good; muster history %s has all of it.".formatted(id));
    }
    return switch (instance.status()) {
      case "creating" ->
          List.of(
              "A host is starting it: muster wait %s --for running".formatted(id),
              "If that takes long, muster workers says whether anybody is there to do it.");
      case "running" ->
          List.of("muster logs -f %s, muster ssh %s, muster pause %s".formatted(id, id, id));
      case "paused" -> List.of("muster resume %s lets it go on.".formatted(id));
      case "error" ->
          List.of(
              "See what it printed last: muster logs " + id,
              (json.path("error").asString("").contains("out of memory")
                      ? "It needs a larger --memory, or less to do. Then: "
                      : "Then: ")
                  + "muster restart %s, or muster delete %s".formatted(id, id));
      case "stopped" ->
          List.of("It has done its work: muster restart %s, or muster delete %s".formatted(id, id));
      default -> List.of("muster explain " + instance.status());
    };
  }
}
