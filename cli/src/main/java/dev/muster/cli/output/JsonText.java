package dev.muster.cli.output;

import java.util.Iterator;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON for people and programs alike: indented, and harmless to a terminal. */
public final class JsonText {

  /** Reads what servers answer. */
  public static final JsonMapper MAPPER = JsonMapper.builder().build();

  private JsonText() {}

  /** Indented by two spaces. */
  public static String indented(JsonNode node) {
    var text = new StringBuilder();
    write(node, "\n", text);
    return text.toString();
  }

  /** In one line. */
  public static String line(JsonNode node) {
    return PlainText.harmless(node.toString());
  }

  private static void write(JsonNode node, String newline, StringBuilder text) {
    if (node.isObject() && !node.isEmpty()) {
      writeObject(node, newline, text);
    } else if (node.isArray() && !node.isEmpty()) {
      writeArray(node, newline, text);
    } else {
      text.append(PlainText.harmless(node.toString()));
    }
  }

  private static void writeObject(JsonNode node, String newline, StringBuilder text) {
    var inner = newline + "  ";
    text.append('{');
    for (Iterator<Map.Entry<String, JsonNode>> fields = node.properties().iterator();
        fields.hasNext(); ) {
      var field = fields.next();
      text.append(inner)
          .append(line(MAPPER.getNodeFactory().stringNode(field.getKey())))
          .append(": ");
      write(field.getValue(), inner, text);
      text.append(fields.hasNext() ? "," : "");
    }
    text.append(newline).append('}');
  }

  private static void writeArray(JsonNode node, String newline, StringBuilder text) {
    var inner = newline + "  ";
    text.append('[');
    for (var elements = node.iterator(); elements.hasNext(); ) {
      text.append(inner);
      write(elements.next(), inner, text);
      text.append(elements.hasNext() ? "," : "");
    }
    text.append(newline).append(']');
  }
}
