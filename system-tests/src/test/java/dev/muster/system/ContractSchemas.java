package dev.muster.system;

import static java.util.stream.Collectors.joining;

import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The schemas within the document, which are JSON Schemas as they stand (OpenAPI 3.1). */
final class ContractSchemas {

  private static final String HERE = "https://muster.example/openapi.json";

  private final SchemaRegistry registry;

  ContractSchemas(String document) {
    registry =
        SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder ->
                builder
                    .schemas(Map.of(HERE, document))
                    .schemaRegistryConfig(
                        SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));
  }

  /**
   * What is wrong with the value.
   *
   * @param pointer to the schema, within the document
   */
  Optional<String> fault(String pointer, JsonNode value) {
    var errors = registry.getSchema(SchemaLocation.of(HERE + "#" + pointer)).validate(value);
    return errors.isEmpty()
        ? Optional.empty()
        : Optional.of(
            errors.stream()
                .map(error -> error.getInstanceLocation() + " " + error.getMessage())
                .collect(joining("; ")));
  }
}
