package dev.muster.events.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** A schema says of every component of its record what the record says, and nothing else. */
class SchemaMatchesRecordTest {

  private static final String EVERYWHERE = "dev.muster.events.codec.Described#everywhere";

  private static final Map<Class<?>, String> JSON_TYPES =
      Map.ofEntries(
          Map.entry(String.class, "string"),
          Map.entry(Instant.class, "string date-time"),
          Map.entry(boolean.class, "boolean"),
          Map.entry(Boolean.class, "boolean"),
          Map.entry(int.class, "integer"),
          Map.entry(Integer.class, "integer"),
          Map.entry(long.class, "integer"),
          Map.entry(Long.class, "integer"),
          Map.entry(double.class, "number"),
          Map.entry(Double.class, "number"),
          Map.entry(List.class, "array"),
          Map.entry(Map.class, "object"));

  @ParameterizedTest
  @MethodSource(EVERYWHERE)
  void properties_are_the_components_in_their_order(Described described) {
    assertThat(described.properties().propertyNames())
        .containsExactlyElementsOf(described.components().stream().map(Described::name).toList());
  }

  @ParameterizedTest
  @MethodSource(EVERYWHERE)
  void what_may_not_be_null_is_required(Described described) {
    assertThat(texts(described.schema().path("required")))
        .containsExactlyElementsOf(
            described.components().stream()
                .filter(component -> !isNullable(component))
                .map(Described::name)
                .toList());
  }

  @ParameterizedTest
  @MethodSource(EVERYWHERE)
  void types_are_those_of_the_components(Described described) {
    for (var component : described.components()) {
      var property = described.property(component);
      var type = property.path("type").asString("") + " " + property.path("format").asString("");
      assertThat(type.strip()).as(component.toString()).isEqualTo(jsonType(component.getType()));
    }
  }

  @ParameterizedTest
  @MethodSource(EVERYWHERE)
  void words_are_the_constants_of_the_enum(Described described) {
    for (var component : described.components()) {
      var constants = component.getType().getEnumConstants();
      assertThat(texts(described.property(component).path("enum")))
          .as(component.toString())
          .isEqualTo(
              constants == null
                  ? List.of()
                  : Arrays.stream(constants).map(Object::toString).toList());
    }
  }

  @ParameterizedTest
  @MethodSource(EVERYWHERE)
  void everything_is_explained_and_open_to_newer_writers(Described described) {
    assertThat(described.schema().path("description").asString("")).isNotBlank();
    assertThat(described.schema().path("additionalProperties").asBoolean(false)).isTrue();
    assertThat(described.properties().values())
        .allSatisfy(property -> assertThat(property.path("description").asString("")).isNotBlank());
  }

  private static List<String> texts(JsonNode array) {
    return array.valueStream().map(JsonNode::asString).toList();
  }

  private static boolean isNullable(RecordComponent component) {
    return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
  }

  // A record inside of a record is a reference, which has no type of its own.
  private static String jsonType(Class<?> type) {
    return type.isEnum() ? "string" : JSON_TYPES.getOrDefault(type, "");
  }
}
