package dev.muster.standalone.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.swagger.v3.oas.annotations.media.Schema;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a record says of its schema: what is always there, what may be null, and that this is all.
 */
record RecordSchema(Class<?> type, SourceComments comments) {

  private static final JsonMapper JSON = JsonMapper.shared();

  /**
   * @param sent whether callers send it; they may leave out what may be null
   */
  void close(ObjectNode schema, boolean sent) {
    schema.put("description", comments.getClassJavadoc(type));
    schema.put("additionalProperties", false);
    var given = schema.get("properties");
    var properties = JSON.createObjectNode();
    var required = JSON.createArrayNode();
    for (var component : type.getRecordComponents()) {
      var field = fieldOf(component);
      properties.set(field, property(given.get(field), component));
      if (sent ? !isNullable(component) : isAlwaysThere(component)) {
        required.add(field);
      }
    }
    schema.set("properties", properties);
    schema.remove("required");
    if (!required.isEmpty()) {
      schema.set("required", required);
    }
  }

  private ObjectNode property(JsonNode given, RecordComponent component) {
    var schema = (ObjectNode) given.deepCopy();
    if (component.getAccessor().isAnnotationPresent(JsonRawValue.class)) {
      schema.put("type", "object");
    }
    // Lost by the library, which has the older form of it.
    var said = component.getAccessor().getAnnotation(Schema.class);
    if (said != null && said.exclusiveMinimum()) {
      schema.set("exclusiveMinimum", schema.remove("minimum"));
    }
    var property = isNullable(component) ? nullable(schema) : schema;
    var description = comments.getRecordClassParamJavadoc(type).get(component.getName());
    if (description != null) {
      property.put("description", StringUtils.capitalize(description));
    }
    return property;
  }

  private static ObjectNode nullable(ObjectNode schema) {
    if (schema.has("$ref")) {
      var either = JSON.createObjectNode();
      either.putArray("oneOf").add(schema).addObject().put("type", "null");
      return either;
    }
    var type = schema.get("type").asString();
    schema.putArray("type").add(type).add("null");
    if (schema.get("enum") instanceof ArrayNode values) {
      values.addNull();
    }
    return schema;
  }

  private static String fieldOf(RecordComponent component) {
    return component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }

  private static boolean isNullable(RecordComponent component) {
    return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
  }

  private static boolean isAlwaysThere(RecordComponent component) {
    var include = component.getAccessor().getAnnotation(JsonInclude.class);
    return include == null
        || !List.of(JsonInclude.Include.NON_EMPTY, JsonInclude.Include.NON_NULL)
            .contains(include.value());
  }
}
