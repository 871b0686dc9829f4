package dev.muster.events.codec;

import dev.muster.events.Message;
import dev.muster.events.Samples;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A message's JSON with one thing wrong. */
record Broken(Message message, String fault, ObjectNode json) {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final Set<String> OPEN_MAPS = Set.of("env", "versions");
  private static final Set<String> WORDS_AND_TIMES =
      Set.of("at", "deadline", "last_heartbeat", "kind", "code", "restart_policy");
  private static final List<JsonNode> ONE_OF_EACH_TYPE =
      List.of(
          JSON.stringNode("7"),
          JSON.numberNode(7),
          JSON.numberNode(7.5),
          JSON.booleanNode(true),
          JSON.objectNode(),
          JSON.arrayNode());

  static Stream<Broken> byOneMissingField() {
    return eachField(Samples.minimal(), Broken::without);
  }

  static Stream<Broken> byOneNull() {
    return eachField(
        Samples.minimal(), (message, field) -> Stream.of(with(message, field, JSON.nullNode())));
  }

  static Stream<Broken> byOneWrongType() {
    return eachField(
        Samples.full(),
        (message, field) ->
            ONE_OF_EACH_TYPE.stream()
                .filter(value -> !fits(tree(message).at(field), value))
                .map(value -> with(message, field, value)));
  }

  static Stream<Broken> byOneUnknownWord() {
    return eachField(
        Samples.full(),
        (message, field) ->
            WORDS_AND_TIMES.contains(name(field))
                ? Stream.of("soon", "7", "")
                    .map(word -> with(message, field, JSON.stringNode(word)))
                : Stream.empty());
  }

  static ObjectNode tree(Message message) {
    return Json.mapper().valueToTree(message.value());
  }

  @Override
  public String toString() {
    return message + " with " + fault;
  }

  private static Stream<Broken> eachField(
      Stream<Message> messages, BiFunction<Message, JsonPointer, Stream<Broken>> faults) {
    return messages.flatMap(
        message ->
            fields(tree(message), JsonPointer.empty())
                .flatMap(field -> faults.apply(message, field)));
  }

  private static Stream<JsonPointer> fields(ObjectNode object, JsonPointer at) {
    return object.properties().stream()
        .flatMap(
            entry -> {
              var field = at.appendProperty(entry.getKey());
              return entry.getValue() instanceof ObjectNode inner
                      && !OPEN_MAPS.contains(name(field))
                  ? Stream.concat(Stream.of(field), fields(inner, field))
                  : Stream.of(field);
            });
  }

  private static Stream<Broken> without(Message message, JsonPointer field) {
    var json = tree(message);
    ((ObjectNode) json.at(field.head())).remove(name(field));
    return Stream.of(new Broken(message, "no " + field, json));
  }

  private static Broken with(Message message, JsonPointer field, JsonNode value) {
    var json = tree(message);
    ((ObjectNode) json.at(field.head())).set(name(field), value);
    return new Broken(message, field + " = " + value, json);
  }

  private static boolean fits(JsonNode original, JsonNode value) {
    return original.getNodeType() == value.getNodeType()
        && (value.isIntegralNumber() || !original.isIntegralNumber());
  }

  private static String name(JsonPointer field) {
    return field.last().getMatchingProperty();
  }
}
