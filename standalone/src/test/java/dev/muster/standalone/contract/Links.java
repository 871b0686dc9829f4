package dev.muster.standalone.contract;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Which calls can be made with an id that an answer has. */
final class Links {

  private record Source(String operationId, String status, String field, String target) {}

  private static final List<Source> SOURCES =
      List.of(
          new Source("createInstance", "201", "/id", "/api/instances/{id}"),
          new Source("createInstance", "202", "/operation_id", "/api/operations/{id}"),
          new Source("pauseInstance", "202", "/operation_id", "/api/operations/{id}"),
          new Source("resumeInstance", "202", "/operation_id", "/api/operations/{id}"),
          new Source("restartInstance", "202", "/operation_id", "/api/operations/{id}"),
          new Source("deleteInstance", "202", "/operation_id", "/api/operations/{id}"),
          new Source("issueKey", "201", "/id", "/api/keys/{id}"),
          new Source("listDeadLetters", "200", "/0/id", "/api/dead-letters/{id}"),
          new Source("listWorkers", "200", "/0/name", "/api/workers/{name}"));

  private Links() {}

  static void addTo(JsonNode paths) {
    SOURCES.forEach(source -> response(paths, source).set("links", links(paths, source)));
  }

  private static ObjectNode response(JsonNode paths, Source source) {
    return paths
        .valueStream()
        .flatMap(JsonNode::valueStream)
        .filter(call -> call.path("operationId").asString("").equals(source.operationId()))
        .map(call -> (ObjectNode) call.at("/responses/" + source.status()))
        .findFirst()
        .orElseThrow();
  }

  private static ObjectNode links(JsonNode paths, Source source) {
    var links = ((ObjectNode) paths).objectNode();
    var target = source.target();
    var parameter = target.substring(target.indexOf('{') + 1, target.indexOf('}'));
    paths.properties().stream()
        .filter(path -> path.getKey().startsWith(target))
        .map(Map.Entry::getValue)
        .flatMap(JsonNode::valueStream)
        .forEach(
            call -> {
              var id = call.get("operationId").asString();
              var link = links.putObject(id).put("operationId", id);
              link.putObject("parameters").put(parameter, "$response.body#" + source.field());
            });
    return links;
  }
}
