package dev.muster.worker.driver.docker;

import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * A container of a host, as the engine lists it.
 *
 * @param state {@code created}, {@code running}, {@code paused}, {@code exited}, {@code dead} …
 * @param created seconds since 1970, at the engine
 */
record EngineContainer(
    String id, String name, Map<String, String> labels, String state, long created) {

  static EngineContainer of(JsonNode listed) {
    var labels = new TreeMap<String, String>();
    listed
        .path("Labels")
        .properties()
        .forEach(label -> labels.put(label.getKey(), label.getValue().asString("")));
    var name = listed.path("Names").path(0).asString("/");
    return new EngineContainer(
        listed.path("Id").asString(""),
        name.substring(1),
        labels,
        listed.path("State").asString(""),
        listed.path("Created").asLong(0));
  }

  String instanceId() {
    return labels.getOrDefault(ContainerLabels.INSTANCE, "");
  }

  /** Of the task that started it; 0 when it is no run. */
  long run() {
    var text = labels.getOrDefault(ContainerLabels.RUN_SEQUENCE, "0");
    return text.matches("\\d{1,18}") ? Long.parseLong(text) : 0;
  }

  String runId() {
    return labels.getOrDefault(ContainerLabels.RUN, "none");
  }

  boolean isRecord() {
    return "record".equals(labels.get(ContainerLabels.KIND));
  }

  boolean isAlive() {
    return state.equals("running") || isPaused() || state.equals("restarting");
  }

  boolean isPaused() {
    return state.equals("paused");
  }

  boolean isNew() {
    return state.equals("created");
  }
}
