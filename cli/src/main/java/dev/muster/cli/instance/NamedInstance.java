package dev.muster.cli.instance;

import dev.muster.cli.output.JsonText;
import tools.jackson.databind.JsonNode;

/**
 * What commands go by, of an instance.
 *
 * @param deleted whether it is gone for good
 */
record NamedInstance(
    String id, String name, String status, String region, boolean deleted, long version) {

  static NamedInstance of(JsonNode json) {
    return new NamedInstance(
        json.path("id").asString(),
        json.path("name").asString(),
        json.path("status").asString(),
        json.path("region").asString(),
        json.path("deleted").asBoolean(false),
        json.path("version").asLong(0));
  }

  String path() {
    return "/api/instances/" + id;
  }

  JsonNode named(String status) {
    return JsonText.MAPPER.createObjectNode().put("id", id).put("name", name).put("status", status);
  }
}
