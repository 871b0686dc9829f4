package dev.muster.web.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the contract says that every problem has, whoever found it. */
public final class WholeProblem {

  private static final String CONTRACT = "/dev/muster/web/contract/openapi.json";
  private static final JsonMapper JSON = new JsonMapper();
  private static final JsonNode SCHEMA = schema();

  private WholeProblem() {}

  /** Fails unless all that is required is there, with the type it should have. */
  public static void check(String description, String body) {
    assertThat(body.indexOf("{\"type\""))
        .as(description + body)
        .isEqualTo(body.lastIndexOf("{\"type\""));
    var problem = JSON.readTree(body);
    for (var field : SCHEMA.path("required")) {
      var name = field.asString();
      var type = SCHEMA.path("properties").path(name).path("type").asString();
      assertThat(
              problem.path(name).isString() || problem.path(name).isInt() && type.equals("integer"))
          .as("%s%n%s has no %s", description, body, name)
          .isTrue();
    }
  }

  private static JsonNode schema() {
    try (var in = WholeProblem.class.getResourceAsStream(CONTRACT)) {
      return JSON.readTree(in).path("components").path("schemas").path("Problem");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
