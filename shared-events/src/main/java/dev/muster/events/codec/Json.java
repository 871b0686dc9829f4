package dev.muster.events.codec;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.AnnotationIntrospector;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.MutableCoercionConfig;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.type.LogicalType;

/**
 * JSON as every topic and the event store have it: snake_case, nulls left out, instants as RFC 3339
 * in UTC, fields in the order of the record. Unknown fields are ignored, so that an older reader
 * lives with a newer writer. What is there must be of the right type, and a field of a record that
 * is not marked {@code @Nullable} must be there.
 */
public final class Json {

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .changeDefaultPropertyInclusion(
              value -> value.withValueInclusion(JsonInclude.Include.NON_NULL))
          .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .withCoercionConfig(LogicalType.Textual, Json::refuseScalars)
          .addModule(new SimpleModule().addDeserializer(Instant.class, new Rfc3339Instant()))
          .annotationIntrospector(
              AnnotationIntrospector.pair(
                  new RequiredComponents(), new JacksonAnnotationIntrospector()))
          .build();

  private Json() {}

  public static byte[] write(Object value) {
    return MAPPER.writeValueAsBytes(value);
  }

  /**
   * @throws UnreadableMessageException when the bytes are not JSON of that shape
   */
  public static <T> T read(byte[] json, Class<T> type) {
    try {
      return present(MAPPER.readValue(json, type), type);
    } catch (JacksonException e) {
      throw unreadable(type, e);
    }
  }

  /**
   * @throws UnreadableMessageException when the tree is not JSON of that shape
   */
  static <T> T read(JsonNode json, Class<T> type) {
    try {
      return present(MAPPER.treeToValue(json, type), type);
    } catch (JacksonException e) {
      throw unreadable(type, e);
    }
  }

  static JsonMapper mapper() {
    return MAPPER;
  }

  // The document "null" is read as null.
  private static <T> T present(@Nullable T value, Class<T> type) {
    if (value == null) {
      throw new UnreadableMessageException("not a %s: null".formatted(type.getSimpleName()));
    }
    return value;
  }

  private static UnreadableMessageException unreadable(Class<?> type, JacksonException cause) {
    return new UnreadableMessageException(
        "not a %s: %s".formatted(type.getSimpleName(), cause.getOriginalMessage()), cause);
  }

  private static void refuseScalars(MutableCoercionConfig text) {
    text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
        .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
        .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
  }
}
