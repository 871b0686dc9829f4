package dev.muster.events.codec;

import com.networknt.schema.Error;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.dialect.Dialects;
import dev.muster.events.Message;
import java.io.IOException;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The schemas as a reader finds them: on the class path, formats checked. */
final class Schemas {

  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(
          SpecificationVersion.DRAFT_2020_12,
          builder ->
              builder.schemaRegistryConfig(
                  SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));

  private Schemas() {}

  static ObjectNode of(Message message) {
    var resource = "/schemas/" + message.fileName();
    try (var file = Schemas.class.getResourceAsStream(resource)) {
      if (file == null) {
        throw new AssertionError("there is no " + resource);
      }
      return (ObjectNode) Json.mapper().readTree(file);
    } catch (IOException e) {
      throw new AssertionError(resource, e);
    }
  }

  static List<Error> faults(Message message, JsonNode json) {
    return REGISTRY.getSchema(of(message)).validate(json);
  }

  /** What is wrong with a schema itself, by the schema of its draft. */
  static List<Error> faultsOf(JsonNode schema) {
    var draft = SchemaLocation.of(Dialects.getDraft202012().getId());
    return REGISTRY.getSchema(draft).validate(schema);
  }
}
