package dev.muster.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The document, by JSON pointers; its schemas are JSON Schemas as they stand (OpenAPI 3.1). */
final class ContractFile {

  private static final String RESOURCE = "/dev/muster/web/contract/openapi.json";
  private static final String HERE = "https://muster.example/openapi.json";

  private final JsonNode document;
  private final SchemaRegistry registry;

  private ContractFile(String text) {
    document = Api.JSON.readTree(text);
    registry =
        SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder ->
                builder
                    .schemas(Map.of(HERE, text))
                    .schemaRegistryConfig(
                        SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));
  }

  /** The one that is built into the services. */
  static ContractFile ofThisBuild() {
    try (var file = ContractFile.class.getResourceAsStream(RESOURCE)) {
      return new ContractFile(new String(Objects.requireNonNull(file).readAllBytes(), UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  JsonNode at(String pointer) {
    return document.at(pointer);
  }

  boolean has(String pointer) {
    return document.at(pointer).isObject();
  }

  /** Where a reference leads, or the same when it is none. */
  String resolved(String pointer) {
    var reference = document.at(pointer + "/$ref");
    return reference.isString() ? reference.asString().substring(1) : pointer;
  }

  /**
   * What is wrong with the value.
   *
   * @param schema where it is
   */
  Optional<String> fault(String schema, JsonNode value) {
    var errors = registry.getSchema(SchemaLocation.of(HERE + "#" + schema)).validate(value);
    return errors.isEmpty()
        ? Optional.empty()
        : Optional.of(
            errors.stream()
                .map(error -> error.getInstanceLocation() + " " + error.getMessage())
                .collect(joining("; ")));
  }

  static String escaped(String step) {
    return step.replace("~", "~0").replace("/", "~1");
  }
}
