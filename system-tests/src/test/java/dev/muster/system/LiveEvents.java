package dev.muster.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads {@code GET /api/events}. */
final class LiveEvents {

  private static final String DATA = "data: ";
  private static final String ID = "id: ";

  private LiveEvents() {}

  /**
   * The events up to that one of an instance, which must follow each other without a gap.
   *
   * @param lines of a stream
   */
  static List<JsonNode> upTo(String instanceId, String type, Iterator<String> lines) {
    var events = new ArrayList<JsonNode>();
    var id = "";
    while (lines.hasNext()) {
      var line = lines.next();
      if (line.startsWith(ID)) {
        id = line.substring(ID.length());
      } else if (line.startsWith(DATA)) {
        var event = Api.JSON.readTree(line.substring(DATA.length()));
        var position = event.get("position").asLong();
        assertThat(id).isEqualTo("" + position);
        if (!events.isEmpty()) {
          assertThat(position).isEqualTo(events.getLast().get("position").asLong() + 1);
        }
        events.add(event);
        if (isOf(instanceId, event) && event.get("type").asString().equals(type)) {
          return events;
        }
      }
    }
    throw new AssertionError("the stream ended after " + events);
  }

  /** Those of an instance, as its history has them. */
  static List<JsonNode> historyOf(String instanceId, List<JsonNode> events) {
    return events.stream()
        .filter(event -> isOf(instanceId, event))
        .map(event -> (ObjectNode) event.deepCopy())
        .<JsonNode>map(event -> event.remove(List.of("position", "instance_id")))
        .toList();
  }

  private static boolean isOf(String instanceId, JsonNode event) {
    return event.get("instance_id").asString().equals(instanceId);
  }
}
