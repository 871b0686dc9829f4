package dev.muster.standalone.contract;

import java.util.TreeMap;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** JSON as text that is the same each time: by key, but for fields, which stay in their order. */
final class SortedJson {

  private static final DefaultIndenter INDENT = new DefaultIndenter("  ", "\n");

  private SortedJson() {}

  static String write(JsonNode json) {
    var printer = new DefaultPrettyPrinter().withObjectIndenter(INDENT).withArrayIndenter(INDENT);
    return JsonMapper.shared().writer().with(printer).writeValueAsString(sorted(json, false))
        + "\n";
  }

  private static JsonNode sorted(JsonNode json, boolean areFields) {
    return switch (json) {
      case ObjectNode object -> {
        var members = new TreeMap<String, JsonNode>();
        var result = JsonMapper.shared().createObjectNode();
        for (var member : object.properties()) {
          var value = sorted(member.getValue(), member.getKey().equals("properties") && !areFields);
          if (areFields) {
            result.set(member.getKey(), value);
          }
          members.put(member.getKey(), value);
        }
        if (!areFields) {
          members.forEach(result::set);
        }
        yield result;
      }
      case ArrayNode array -> {
        var result = JsonMapper.shared().createArrayNode();
        array.forEach(item -> result.add(sorted(item, false)));
        yield result;
      }
      default -> json;
    };
  }
}
