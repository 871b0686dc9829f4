package dev.muster.standalone.contract;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Which calls an answer leads to, and with what. */
final class Links {

  /**
   * @param status of the answer
   * @param to an operation id, or a path for every call that is about what it names
   * @param parameters each with an expression, or a value
   */
  private record Link(String from, String status, String to, Map<String, String> parameters) {}

  private static final String INSTANCE = "/api/instances/{id}";
  private static final Map<String, String> NOTHING = Map.of();

  /** So that a change is made only to what was just seen. */
  private static final Map<String, String> AS_SEEN =
      Map.of("id", "$request.path.id", "If-Match", "$response.header.ETag");

  private static final List<Link> LINKS =
      List.of(
          new Link("getOpenApi", "200", "getReadiness", NOTHING),
          new Link("getReadiness", "200", "listRegions", NOTHING),
          new Link("listRegions", "200", "listHosts", NOTHING),
          new Link("listRegions", "200", "listInstances", body("region", "/0/name")),
          new Link("listHosts", "200", "listWorkers", NOTHING),
          new Link("listHosts", "200", "listInstances", body("region", "/0/region")),
          new Link("listHosts", "200", "/api/hosts/{name}", body("name", "/0/name")),
          new Link("cordonHost", "202", "uncordonHost", body("name", "/host")),
          new Link("uncordonHost", "202", "listHosts", NOTHING),
          new Link("listWorkers", "200", "/api/workers/{name}", body("name", "/0/name")),
          new Link("drainWorker", "202", "resumeWorker", body("name", "/worker")),
          new Link("resumeWorker", "202", "listWorkers", NOTHING),
          new Link("listInstances", "200", INSTANCE, body("id", "/0/id")),
          new Link("createInstance", "201", INSTANCE, body("id", "/id")),
          new Link("createInstance", "201", "searchAuditEvents", body("instance_id", "/id")),
          new Link(
              "createInstance",
              "201",
              "followEvents",
              Map.of("instance_id", "$response.body#/id", "after", "0")),
          new Link("createInstance", "202", "getOperation", body("id", "/operation_id")),
          new Link("pauseInstance", "202", "getOperation", body("id", "/operation_id")),
          new Link("resumeInstance", "202", "getOperation", body("id", "/operation_id")),
          new Link("restartInstance", "202", "getOperation", body("id", "/operation_id")),
          new Link("deleteInstance", "202", "getOperation", body("id", "/operation_id")),
          new Link("getInstance", "200", "pauseInstance", AS_SEEN),
          new Link("getInstance", "200", "resumeInstance", AS_SEEN),
          new Link("getInstance", "200", "restartInstance", AS_SEEN),
          new Link("getInstance", "200", "deleteInstance", AS_SEEN),
          new Link("listHistory", "200", "getOperation", body("id", "/0/operation_id")),
          new Link("getOperation", "200", "getInstance", body("id", "/instance_id")),
          new Link("getOperation", "200", "listHistory", body("id", "/instance_id")),
          new Link("searchAuditEvents", "200", "getAuditProof", body("index", "/0/leaf_index")),
          new Link("getAuditProof", "200", "getAuditCheckpoint", NOTHING),
          new Link("getAuditCheckpoint", "200", "getAuditKey", NOTHING),
          new Link(
              "getAuditCheckpoint", "200", "getAuditTile", Map.of("level", "0", "path", "000")),
          new Link("issueKey", "201", "listKeys", NOTHING),
          new Link("issueKey", "201", "revokeKey", body("id", "/id")),
          new Link("listKeys", "200", "revokeKey", body("id", "/0/id")),
          new Link("listDeadLetters", "200", "/api/dead-letters/{id}", body("id", "/0/id")));

  private Links() {}

  static void addTo(JsonNode paths) {
    for (var link : LINKS) {
      var links = response(paths, link).withObjectProperty("links");
      calls(paths, link.to()).forEach(target -> add(links, target, link.parameters()));
    }
  }

  private static Map<String, String> body(String parameter, String pointer) {
    return Map.of(parameter, "$response.body#" + pointer);
  }

  private static ObjectNode response(JsonNode paths, Link link) {
    return calls(paths, link.from())
        .map(call -> (ObjectNode) call.at("/responses/" + link.status()))
        .findFirst()
        .orElseThrow();
  }

  private static Stream<JsonNode> calls(JsonNode paths, String named) {
    return paths.properties().stream()
        .flatMap(
            path ->
                path.getValue()
                    .valueStream()
                    .filter(call -> path.getKey().startsWith(named) || id(call).equals(named)));
  }

  private static String id(JsonNode call) {
    return call.path("operationId").asString("");
  }

  private static void add(ObjectNode links, JsonNode target, Map<String, String> parameters) {
    var link = links.putObject(id(target)).put("operationId", id(target));
    if (!parameters.isEmpty()) {
      var given = link.putObject("parameters");
      parameters.forEach(given::put);
    }
  }
}
