package dev.muster.standalone.contract;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
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
    Links.addTo(document.get("paths"));
    shareExamples();
    var components = (ObjectNode) document.get("components");
    components.set("responses", used(ProblemResponses.all()));
    components.set("schemas", made.json().at("/components/schemas"));
    shareParameters();
    ((ObjectNode) document.get("info")).put("version", version());
    var taken = taken();
    made.records()
        .forEach(
            (name, type) -> {
              if (document.at("/components/schemas/" + name) instanceof ObjectNode schema
                  && schema.has("properties")) {
                new RecordSchema(type, made.comments()).close(schema, taken.contains(name));
              }
            });
    return document;
  }

  /** No call of the document is answered with 405: that is for methods that a path lacks. */
  private ObjectNode used(ObjectNode responses) {
    var references = document.get("paths").findValuesAsString("$ref");
    responses.propertyNames().stream()
        .filter(name -> !references.contains("#/components/responses/" + name))
        .toList()
        .forEach(responses::remove);
    return responses;
  }

  private static String version() throws IOException {
    var pom = Files.readString(Path.of("../pom.xml"));
    var version =
        Pattern.compile("<artifactId>muster</artifactId>\\s*<version>(.*?)(?:-SNAPSHOT)?<");
    return version.matcher(pom).results().findFirst().orElseThrow().group(1);
  }

  /** An example of the base belongs to the call of its name. */
  private void shareExamples() {
    for (var path : document.get("paths")) {
      for (var call : path) {
        var name = call.path("operationId").asString("");
        if (document.at("/components/examples/" + name).isObject()) {
          var body = (ObjectNode) call.at("/requestBody/content/application~1json");
          body.putObject("examples").putObject(name).put("$ref", "#/components/examples/" + name);
        }
      }
    }
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
}
