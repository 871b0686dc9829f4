package dev.muster.standalone.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.swagger.v3.oas.annotations.media.Schema;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The whole document: what springdoc makes, closed schemas, and what all calls share. */
final class ContractDocument {

  private static final JsonMapper JSON = JsonMapper.shared();

  private final RawDocument.Made made;
  private final ObjectNode document;

  private ContractDocument(RawDocument.Made made, ObjectNode base) {
    this.made = made;
    this.document = base;
  }

  static ObjectNode ofTheCode() throws Exception {
    try (InputStream base = ContractDocument.class.getResourceAsStream("/contract/base.json")) {
      var file = (ObjectNode) JSON.readTree(Objects.requireNonNull(base));
      return new ContractDocument(RawDocument.make(), file).assembled();
    }
  }

  private ObjectNode assembled() throws IOException, ClassNotFoundException {
    document.set("paths", made.json().get("paths"));
    var components = (ObjectNode) document.get("components");
    components.set("responses", ProblemResponses.all());
    components.set("schemas", made.json().at("/components/schemas"));
    shareParameters();
    ((ObjectNode) document.get("info")).put("version", version());
    var taken = taken();
    made.records().forEach((name, type) -> close(name, type, taken.contains(name)));
    return document;
  }

  private static String version() throws IOException {
    var pom = Files.readString(Path.of("../pom.xml"));
    var version =
        Pattern.compile("<artifactId>muster</artifactId>\\s*<version>(.*?)(?:-SNAPSHOT)?<");
    return version.matcher(pom).results().findFirst().orElseThrow().group(1);
  }

  /** A parameter that is described in the base is the same in every call. */
  private void shareParameters() {
    for (var path : document.get("paths")) {
      for (var call : path) {
        var parameters = (ArrayNode) call.path("parameters");
        for (int i = 0; i < parameters.size(); i++) {
          var name = parameters.get(i).path("name").asString("");
          var shared = document.at("/components/parameters/" + name);
          if (!name.isEmpty() && shared.path("in").equals(parameters.get(i).path("in"))) {
            parameters.set(
                i, JSON.createObjectNode().put("$ref", "#/components/parameters/" + name));
          }
        }
      }
    }
  }

  /** Schemas of what callers send. */
  private Set<String> taken() {
    var taken = new HashSet<String>();
    for (var path : document.get("paths")) {
      for (var call : path) {
        call.path("requestBody").findValuesAsString("$ref").stream()
            .map(reference -> reference.substring(reference.lastIndexOf('/') + 1))
            .forEach(taken::add);
      }
    }
    return taken;
  }

  /** Says of a record's schema what is always there, what may be null, and that this is all. */
  private void close(String name, Class<?> type, boolean sent) {
    if (!(document.at("/components/schemas/" + name) instanceof ObjectNode schema)
        || !schema.has("properties")) {
      return;
    }
    var comments = made.comments();
    schema.put("description", comments.getClassJavadoc(type));
    schema.put("additionalProperties", false);
    schema.remove("required");
    var required = new ArrayList<String>();
    var given = schema.get("properties");
    var properties = JSON.createObjectNode();
    var parameters = comments.getRecordClassParamJavadoc(type);
    for (var component : type.getRecordComponents()) {
      var field = fieldOf(component);
      properties.set(field, property(given.get(field), component, parameters));
      if (sent ? !isNullable(component) : isAlwaysThere(component)) {
        required.add(field);
      }
    }
    schema.set("properties", properties);
    if (!required.isEmpty()) {
      required.forEach(schema.putArray("required")::add);
    }
  }

  private static ObjectNode property(
      JsonNode given, RecordComponent component, Map<String, String> parameters) {
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
    var description = parameters.get(component.getName());
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
