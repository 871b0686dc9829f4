package dev.muster.standalone.contract;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.dialect.Dialects;
import dev.muster.web.problem.ProblemType;
import io.swagger.v3.parser.OpenAPIV3Parser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.regex.Pattern;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The file that is served is what the code says. {@code -Dmuster.docs=write} writes it. */
class OpenApiDocumentTest {

  private static final Path FILE =
      Path.of("../platform-web/src/main/resources/dev/muster/web/contract/openapi.json");
  private static final String REMEDY =
      "%s is not what the code says; look at what has changed after"
          + " ./mvnw -pl standalone -am test -Dtest=OpenApiDocumentTest -Dmuster.docs=write"
          + " -Dsurefire.failIfNoSpecifiedTests=false";
  private static final String HOW = "; docs/checklists, 'A new route', says how";

  private static ObjectNode document = JsonMapper.shared().createObjectNode();

  @BeforeAll
  static void make() throws Exception {
    document = ContractDocument.ofTheCode();
    if ("write".equals(System.getProperty("muster.docs"))) {
      Files.writeString(FILE, SortedJson.write(document));
    }
  }

  @Test
  void the_file_is_what_the_code_says() throws Exception {
    assertThat(Files.readString(FILE))
        .as(REMEDY, FILE.getFileName())
        .isEqualTo(SortedJson.write(document));
  }

  @Test
  void every_route_is_described() {
    var softly = new SoftAssertions();
    var ids = new HashSet<String>();
    Controllers.routes()
        .forEach(
            (route, _) -> {
              var call = call(route);
              softly.assertThat(call.isObject()).as(route + " is not there" + HOW).isTrue();
              softly
                  .assertThat(ids.add(call.path("operationId").asString("")))
                  .as(route + " shares its operationId" + HOW)
                  .isTrue();
              softly
                  .assertThat(call.path("summary").asString(""))
                  .as(route + " lacks Javadoc" + HOW)
                  .isNotEmpty();
              softly
                  .assertThat(call.path("description").asString(""))
                  .as(route + " lacks a description" + HOW)
                  .isNotEmpty();
              softly
                  .assertThat(call.path("responses").propertyNames())
                  .as(route + " lacks @Answers" + HOW)
                  .anyMatch(status -> status.startsWith("2"));
            });
    softly.assertAll();
  }

  @Test
  void every_route_says_its_operation_id_itself() {
    assertThat(Controllers.routes())
        .allSatisfy(
            (route, method) ->
                assertThat(
                        method.isAnnotationPresent(io.swagger.v3.oas.annotations.Operation.class))
                    .as(route + " lacks @Operation(operationId = …)" + HOW)
                    .isTrue());
  }

  @Test
  void every_tag_is_one_that_the_document_explains() {
    var known = document.get("tags").findValuesAsString("name");

    assertThat(Controllers.routes().keySet())
        .allSatisfy(
            route ->
                assertThat(known)
                    .as(route + " has a tag that base.json lacks" + HOW)
                    .contains(call(route).at("/tags/0").asString()));
  }

  @Test
  void every_parameter_and_header_is_explained() {
    // Those of links are expressions, and no arrays.
    for (var parameter :
        document.findValues("parameters").stream()
            .filter(JsonNode::isArray)
            .flatMap(JsonNode::valueStream)
            .toList()) {
      var said = parameter.has("$ref") ? at(parameter.get("$ref").asString()) : parameter;
      assertThat(said.path("description").asString(""))
          .as(parameter + " lacks a @param in the Javadoc" + HOW)
          .isNotEmpty();
      assertThat(said.has("schema")).as("%s", said).isTrue();
    }
  }

  @Test
  void every_reference_leads_somewhere() {
    assertThat(document.findValuesAsString("$ref"))
        .isNotEmpty()
        .allSatisfy(
            reference ->
                assertThat(at(reference).isObject())
                    .as(reference + " leads nowhere: a header or parameter that base.json lacks?")
                    .isTrue());
  }

  @Test
  void every_problem_is_in_the_response_of_its_status() {
    var described =
        document
            .at("/components/responses")
            .valueStream()
            .map(response -> response.at("/content/application~1problem+json/schema/properties"))
            .flatMap(
                fields ->
                    fields
                        .at("/type/enum")
                        .valueStream()
                        .map(type -> fields.at("/status/const").asInt() + " " + type.asString()))
            .collect(toSet());

    assertThat(described)
        .isEqualTo(
            Arrays.stream(ProblemType.values())
                // Of methods that a path lacks, which are no calls of the document.
                .filter(type -> type != ProblemType.METHOD_NOT_ALLOWED)
                .map(type -> type.status() + " " + type.uri())
                .collect(toSet()));
  }

  @Test
  void every_pattern_is_one_of_ecma_262_without_classes_of_unicode() {
    var classes = Pattern.compile("\\\\[pPhHRXvVAzZ]|\\[\\[:|\\(\\?[a-z]|[*+?]\\+");

    assertThat(document.findValuesAsString("pattern"))
        .isNotEmpty()
        .allSatisfy(pattern -> assertThat(pattern).doesNotContainPattern(classes));
  }

  @Test
  void who_creates_something_is_led_to_the_calls_about_it() {
    assertThat(document.at("/paths/~1api~1instances/post/responses/201/links").propertyNames())
        .contains("getInstance", "deleteInstance", "pauseInstance", "listHistory", "getLogs");
    assertThat(document.at("/paths/~1api~1instances/post/responses/202/links").propertyNames())
        .containsExactly("getOperation");
    assertThat(document.at("/paths/~1api~1keys/post/responses/201/links").propertyNames())
        .containsExactlyInAnyOrder("listKeys", "revokeKey");
  }

  @ParameterizedTest
  @CsvSource({
    "GET /api/audit/proof, index",
    "GET /api/audit/proof, from",
    "GET /api/audit/proof, size",
    "GET /api/events, after"
  })
  void what_takes_nothing_but_a_number_says_so(String route, String name) {
    assertThat(call(route).get("parameters").valueStream())
        .filteredOn(parameter -> parameter.path("name").asString("").equals(name))
        .singleElement()
        .satisfies(
            parameter ->
                assertThat(parameter.at("/schema/type").asString("")).isEqualTo("integer"));
  }

  @ParameterizedTest
  @CsvSource({"createInstance, NewInstance", "issueKey, NewKey"})
  void an_example_is_one_that_is_taken(String call, String schema) {
    var example = document.at("/components/examples/" + call + "/value");

    assertThat(example.isObject()).isTrue();
    assertThat(
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(document.at("/components/schemas/" + schema))
                .validate(example))
        .isEmpty();
  }

  @Test
  void it_is_valid_openapi() throws Exception {
    var read = new OpenAPIV3Parser().readContents(Files.readString(FILE));

    assertThat(read.getMessages()).isEmpty();
    assertThat(read.getOpenAPI().getPaths()).hasSameSizeAs(document.get("paths").propertyNames());
  }

  @Test
  void its_schemas_are_json_schemas_that_take_no_unknown_field() {
    var draft =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(SchemaLocation.of(Dialects.getDraft202012().getId()));

    assertThat(document.at("/components/schemas").properties())
        .allSatisfy(
            schema -> {
              assertThat(draft.validate(schema.getValue())).as(schema.getKey()).isEmpty();
              assertThat(schema.getValue().path("additionalProperties").asBoolean(true))
                  .as(schema.getKey() + " takes what it does not name")
                  .isFalse();
            });
  }

  private static JsonNode call(String route) {
    var words = route.split(" ");
    return document.path("paths").path(words[1]).path(words[0].toLowerCase(Locale.ROOT));
  }

  private static JsonNode at(String reference) {
    return document.at(reference.substring(1));
  }
}
