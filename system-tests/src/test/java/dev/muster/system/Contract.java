package dev.muster.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;

/** The contract that callers are given, and whether calls and answers are as it says. */
final class Contract {

  /** The one that is built into the services. */
  static final Contract OF_THIS_BUILD = read();

  private final JsonNode document;
  private final ContractSchemas schemas;
  private final Set<String> made = ConcurrentHashMap.newKeySet();

  private Contract(String text) {
    document = Api.JSON.readTree(text);
    schemas = new ContractSchemas(text);
  }

  private static Contract read() {
    try (var file = Contract.class.getResourceAsStream("/dev/muster/web/contract/openapi.json")) {
      return new Contract(new String(Objects.requireNonNull(file).readAllBytes(), UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * @param path with its query
   * @throws ContractViolation that says the call, the status and where it differs
   */
  void check(String method, String path, String body, Api.Answer answer) {
    var call = "%s %s, answered %d,".formatted(method, path, answer.status());
    var uri = URI.create(path);
    var operation = operation(method, uri.getPath());
    var response =
        operation
            .map(found -> found + "/responses/" + answer.status())
            .or(() -> unserved(answer.status()))
            .map(this::resolved)
            .filter(found -> document.at(found).isObject())
            .orElseThrow(() -> new ContractViolation(call, "the status is not there"));
    checkHeaders(call, response, answer);
    checkBody(call, response, method, answer);
    operation.ifPresent(made::add);
    if (operation.isPresent() && answer.status() / 100 == 2) {
      new TakenCall(document, schemas, operation.get())
          .fault(Optional.ofNullable(uri.getRawQuery()).orElse(""), body)
          .ifPresent(
              fault -> {
                throw new ContractViolation(call, fault);
              });
    }
  }

  /** Where the document has each call. */
  List<String> calls() {
    var paths = document.get("paths");
    return paths.propertyNames().stream()
        .flatMap(
            path ->
                paths.get(path).propertyNames().stream()
                    .map(verb -> "/paths/" + escaped(path) + "/" + verb))
        .toList();
  }

  /** Whether a test of this JVM has made the call, and was answered as it should be. */
  boolean wasMade(String call) {
    return made.contains(call);
  }

  private void checkHeaders(String call, String response, Api.Answer answer) {
    for (var header : document.at(response + "/headers").propertyNames()) {
      var pointer = resolved(response + "/headers/" + header);
      var given = answer.headers().firstValue(header);
      if (given.isEmpty() && document.at(pointer + "/required").asBoolean(false)) {
        throw new ContractViolation(call, "the header %s is missing".formatted(header));
      }
      given
          .flatMap(
              value ->
                  schemas.fault(pointer + "/schema", Api.JSON.getNodeFactory().stringNode(value)))
          .ifPresent(
              fault -> {
                throw new ContractViolation(call, "header %s: %s".formatted(header, fault));
              });
    }
  }

  private void checkBody(String call, String response, String method, Api.Answer answer) {
    var content = document.at(response + "/content");
    if (method.equals("HEAD") || !content.isObject()) {
      if (!answer.body().isEmpty()) {
        throw new ContractViolation(call, "a body where none belongs");
      }
      return;
    }
    var mediaType = answer.header("Content-Type").split(";", 2)[0];
    if (!content.has(mediaType)) {
      throw new ContractViolation(call, "the media type '%s'".formatted(mediaType));
    }
    if (mediaType.endsWith("json")) {
      var schema = response + "/content/" + escaped(mediaType) + "/schema";
      schemas
          .fault(schema, answer.json())
          .ifPresent(
              fault -> {
                throw new ContractViolation(call, fault + " in " + answer.body());
              });
    }
  }

  /** Where the document has the call; a HEAD is a GET. */
  private Optional<String> operation(String method, String path) {
    var verb = method.equals("HEAD") ? "get" : method.toLowerCase(Locale.ROOT);
    return document.get("paths").propertyNames().stream()
        .filter(template -> path.matches(template.replaceAll("\\{[^}]+}", "[^/]+")))
        .min(Comparator.comparing(template -> template.indexOf('{') < 0 ? 0 : 1))
        .map(template -> "/paths/" + escaped(template) + "/" + verb)
        .filter(pointer -> document.at(pointer).isObject());
  }

  /** What is said where nothing is served: the problem of that status. */
  private Optional<String> unserved(int status) {
    return List.of(401, 404, 405).contains(status)
        ? document.at("/components/responses").propertyNames().stream()
            .map(name -> "/components/responses/" + name)
            .filter(
                response ->
                    document
                            .at(
                                response
                                    + "/content/application~1problem+json/schema/properties/status/const")
                            .asInt()
                        == status)
            .findFirst()
        : Optional.empty();
  }

  private String resolved(String pointer) {
    var reference = document.at(pointer + "/$ref");
    return reference.isString() ? reference.asString().substring(1) : pointer;
  }

  private static String escaped(String step) {
    return step.replace("~", "~0").replace("/", "~1");
  }
}
