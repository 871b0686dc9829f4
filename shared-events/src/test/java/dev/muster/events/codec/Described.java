package dev.muster.events.codec;

import dev.muster.events.Message;
import dev.muster.events.Samples;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** A record and the schema, or the part of one, that describes it. */
record Described(Class<?> type, JsonNode schema, JsonNode definitions) {

  /** Every record that is written, those inside of others included. */
  static Stream<Described> everywhere() {
    return Samples.full().flatMap(Described::by);
  }

  private static Stream<Described> by(Message message) {
    var schema = Schemas.of(message);
    return new Described(message.value().getClass(), schema, schema.path("$defs")).withNested();
  }

  static String name(RecordComponent component) {
    return component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }

  List<RecordComponent> components() {
    return Arrays.asList(Objects.requireNonNull(type.getRecordComponents()));
  }

  JsonNode properties() {
    return schema.path("properties");
  }

  JsonNode property(RecordComponent component) {
    return properties().path(name(component));
  }

  @Override
  public String toString() {
    return type.getSimpleName();
  }

  private Stream<Described> withNested() {
    var nested =
        components().stream()
            .filter(component -> component.getType().isRecord())
            .map(component -> new Described(component.getType(), target(component), definitions))
            .flatMap(Described::withNested);
    return Stream.concat(Stream.of(this), nested);
  }

  private JsonNode target(RecordComponent component) {
    var reference = property(component).path("$ref").asString("");
    return definitions.path(reference.replace("#/$defs/", ""));
  }
}
