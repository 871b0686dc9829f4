package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cli.access.KeyListing;
import dev.muster.cli.audit.AuditListing;
import dev.muster.cli.fleet.FleetListing;
import dev.muster.cli.instance.InstanceListing;
import dev.muster.cli.output.Column;
import dev.muster.cli.output.JsonText;
import dev.muster.cli.output.Listing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** What this program reads and calls is in the contract, the OpenAPI file of the platform. */
class ContractTest {

  private static final Path FILE =
      Path.of("../platform-web/src/main/resources/dev/muster/web/contract/openapi.json");
  private static final JsonNode CONTRACT = read();

  /** The stream tells where in the order of all events one is, and of which instance. */
  private static final List<String> OF_THE_STREAM = List.of("/position", "/instance_id");

  private static JsonNode read() {
    try {
      return JsonText.MAPPER.readTree(Files.readString(FILE));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<Listing> listings() {
    return List.of(
        InstanceListing.INSTANCES,
        InstanceListing.HEALTH,
        InstanceListing.HISTORY,
        FleetListing.HOSTS,
        FleetListing.REGIONS,
        FleetListing.WORKERS,
        FleetListing.DRAINING,
        FleetListing.DEAD_LETTERS,
        FleetListing.RETRIED,
        FleetListing.EVENTS,
        AuditListing.EVENTS,
        AuditListing.PROOFS,
        KeyListing.KEYS,
        KeyListing.ISSUED);
  }

  @ParameterizedTest
  @MethodSource("listings")
  void every_field_that_is_shown_is_in_the_schema(Listing listing) {
    var schema = CONTRACT.at("/components/schemas/" + listing.schema());
    assertThat(schema.isObject()).as(listing.schema()).isTrue();
    var pointers =
        Stream.concat(Stream.of(listing.name()), listing.columns().stream().map(Column::pointer))
            .filter(pointer -> listing != FleetListing.EVENTS || !OF_THE_STREAM.contains(pointer));
    assertThat(pointers).allSatisfy(pointer -> assertThat(field(schema, pointer)).isPresent());
  }

  private static Optional<JsonNode> field(JsonNode schema, String pointer) {
    var found = Optional.of(schema);
    for (var step : pointer.substring(1).split("/")) {
      found = found.map(ContractTest::resolved).map(one -> one.at("/properties/" + step));
    }
    return found.filter(JsonNode::isObject);
  }

  private static JsonNode resolved(JsonNode schema) {
    var one = schema.path("oneOf").isArray() ? schema.path("oneOf").get(0) : schema;
    return one.has("$ref") ? CONTRACT.at(one.path("$ref").asString().substring(1)) : one;
  }

  @ParameterizedTest
  @MethodSource("sources")
  void every_path_that_is_called_is_in_the_contract(Path source) throws IOException {
    var literals =
        Pattern.compile("\"(/(?:api/|healthz|openapi)[^\"?]*)").matcher(Files.readString(source));
    assertThat(literals.results().map(found -> found.group(1)))
        .allSatisfy(path -> assertThat(isInContract(path)).as(path).isTrue());
  }

  static List<Path> sources() throws IOException {
    try (var files = Files.walk(Path.of("src/main/java"))) {
      return files.filter(file -> file.toString().endsWith(".java")).toList();
    }
  }

  /** As far as the literal goes: what follows is put to it. */
  private static boolean isInContract(String literal) {
    var path = literal.replace("inst_00000000000000000000000000", "%s").replaceAll("/$", "/%s");
    var pattern = Pattern.compile("%s").splitAsStream(path).map(Pattern::quote).toList();
    var expression = String.join("\\{[a-z]+}", pattern) + (path.endsWith("%s") ? "\\{[a-z]+}" : "");
    return CONTRACT.path("paths").propertyNames().stream()
        .anyMatch(
            template ->
                template.matches(expression)
                    || template.replaceAll("/[a-z]+$", "/{x}").matches(expression));
  }

  @Test
  void the_help_names_the_statuses_of_the_contract() {
    var statuses = CONTRACT.at("/components/schemas/Instance/properties/status/enum");
    var help = new Terminal();
    help.run("wait", "--help");
    assertThat(statuses.valueStream().map(JsonNode::asString))
        .allSatisfy(status -> assertThat(help.out()).contains(status));
  }
}
