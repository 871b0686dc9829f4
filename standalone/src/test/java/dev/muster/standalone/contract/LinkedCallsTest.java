package dev.muster.standalone.contract;

import static java.util.function.Predicate.not;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** Whoever knows nothing but the document comes by its links to every call. */
class LinkedCallsTest {

  private static final Path FILE =
      Path.of("../platform-web/src/main/resources/dev/muster/web/contract/openapi.json");
  private static final String BODY = "$response.body#/";
  private static final String HEADER = "$response.header.";
  private static final String OF_THE_PATH = "$request.path.";

  /** A link, with the call and the response that it is of. */
  private record Link(String from, JsonNode response, JsonNode json) {

    String to() {
      return json.path("operationId").asString("");
    }

    @Override
    public String toString() {
      return from + " -> " + to();
    }
  }

  private static final Map<String, JsonNode> CALLS = new HashMap<>();

  private static JsonNode document = JsonMapper.shared().createObjectNode();

  @BeforeAll
  static void read() throws Exception {
    document = JsonMapper.shared().readTree(Files.readString(FILE));
    document
        .get("paths")
        .valueStream()
        .flatMap(JsonNode::valueStream)
        .forEach(call -> CALLS.put(call.get("operationId").asString(), call));
  }

  @Test
  void every_call_is_one_to_begin_with_or_is_led_to_from_one() {
    var found =
        CALLS.keySet().stream()
            .filter(id -> required(call(id)).isEmpty())
            .filter(id -> links(id).findAny().isPresent())
            .collect(toSet());
    var next = Set.copyOf(found);
    while (!next.isEmpty()) {
      next =
          next.stream()
              .flatMap(LinkedCallsTest::links)
              .map(Link::to)
              .filter(not(found::contains))
              .collect(toSet());
      found.addAll(next);
    }

    assertThat(found).containsExactlyInAnyOrderElementsOf(CALLS.keySet());
  }

  @Test
  void every_link_gives_a_call_what_it_takes_and_needs() {
    var softly = new SoftAssertions();
    links()
        .forEach(
            link -> {
              softly.assertThat(CALLS).as("%s", link).containsKey(link.to());
              var target = call(link.to());
              var taken = parameters(target).map(LinkedCallsTest::name).collect(toSet());
              var given = link.json().path("parameters").propertyNames();
              softly.assertThat(taken).as("what %s takes", link).containsAll(given);
              softly.assertThat(given).as("what %s gives", link).containsAll(required(target));
            });
    softly.assertAll();
  }

  @Test
  void every_link_takes_what_its_call_and_the_answer_have() {
    var softly = new SoftAssertions();
    links()
        .forEach(
            link ->
                link.json()
                    .path("parameters")
                    .valueStream()
                    .map(JsonNode::asString)
                    .forEach(
                        value ->
                            softly
                                .assertThat(isThere(value, link))
                                .as("%s has %s", link, value)
                                .isTrue()));
    softly.assertAll();
  }

  private static boolean isThere(String value, Link link) {
    if (value.startsWith(BODY)) {
      var schema = link.response().at("/content/application~1json/schema");
      return has(schema, List.of(value.substring(BODY.length()).split("/")));
    }
    if (value.startsWith(HEADER)) {
      return link.response().path("headers").has(value.substring(HEADER.length()));
    }
    if (value.startsWith(OF_THE_PATH)) {
      return required(call(link.from())).contains(value.substring(OF_THE_PATH.length()));
    }
    return !value.startsWith("$");
  }

  private static boolean has(JsonNode schema, List<String> steps) {
    var here = resolved(schema);
    if (steps.isEmpty()) {
      return here.isObject();
    }
    var step = steps.getFirst();
    var below = step.matches("\\d+") ? here.path("items") : here.path("properties").path(step);
    return has(below, steps.subList(1, steps.size()));
  }

  private static Stream<Link> links() {
    return CALLS.keySet().stream().flatMap(LinkedCallsTest::links);
  }

  private static Stream<Link> links(String call) {
    return CALLS
        .getOrDefault(call, document)
        .path("responses")
        .valueStream()
        .flatMap(
            response ->
                response.path("links").valueStream().map(link -> new Link(call, response, link)));
  }

  private static JsonNode call(String operationId) {
    return CALLS.getOrDefault(operationId, MissingNode.getInstance());
  }

  private static Set<String> required(JsonNode call) {
    return parameters(call)
        .filter(parameter -> parameter.path("required").asBoolean(false))
        .map(LinkedCallsTest::name)
        .collect(toSet());
  }

  private static Stream<JsonNode> parameters(JsonNode call) {
    return call.path("parameters").valueStream().map(LinkedCallsTest::resolved);
  }

  private static String name(JsonNode parameter) {
    return parameter.get("name").asString();
  }

  private static JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? document.at(node.get("$ref").asString().substring(1)) : node;
  }
}
