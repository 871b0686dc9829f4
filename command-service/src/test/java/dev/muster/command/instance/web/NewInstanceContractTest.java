package dev.muster.command.instance.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import dev.muster.command.ContractSchema;
import dev.muster.web.problem.ProblemException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** The body of a creation is read by hand; it is read as the contract's schema says. */
class NewInstanceContractTest {

  private static final JsonMapper JSON = new JsonMapper();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** Values at the bounds of one field or another, and of every type. */
  private static final List<JsonNode> VALUES =
      Stream.concat(
              Stream.of(
                      "null",
                      "true",
                      "0",
                      "1",
                      "-1",
                      "15",
                      "16",
                      "16.5",
                      "63.9",
                      "64",
                      "64.1",
                      "1e-9",
                      "1e400",
                      "1048576",
                      "1048577",
                      "99999999999999999999",
                      "[]",
                      "{}",
                      "[null]",
                      "[[]]",
                      "[1]",
                      "['a']",
                      "['a', '']",
                      "['a', 'b\\u0000']",
                      "['a', '\\ud800']",
                      "{'A': 'x'}",
                      "{'A': ''}",
                      "{'A': null}",
                      "{'A': 1}",
                      "{'': 'x'}",
                      "{'1A': 'x'}",
                      "{'_a9': 'two\\nlines'}",
                      "{'A-B': 'x'}",
                      "{'A\\n': 'x'}",
                      "{'Ä': 'x'}",
                      "{'A': '\\u0000'}",
                      "'never'",
                      "'on-failure'",
                      "'ALWAYS'",
                      "'never '",
                      "''",
                      "' '",
                      "'\\t'",
                      "'a\\n'",
                      "'\\na'",
                      "'a\\u007f'",
                      "'\\u0085'",
                      "'\\u00a0'",
                      "'\\u2003'",
                      "'\\u2028'",
                      "'\\u3000 '",
                      "' a '",
                      "'\\ud83d\\udc1d'",
                      "'a\\ud83d'",
                      "'名前'")
                  .map(NewInstanceContractTest::json),
              Stream.of(
                  text("n", 100),
                  text("n", 101),
                  text("🐝", 100),
                  text("🐝", 101),
                  text("i", 255),
                  text("i", 256),
                  array(64),
                  array(65),
                  object(256),
                  object(257)))
          .toList();

  private static final Schema SCHEMA = ContractSchema.named("NewInstance");

  static Stream<String> fields() {
    return Arrays.stream(NewInstance.class.getRecordComponents())
        .map(field -> field.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT));
  }

  @ParameterizedTest
  @MethodSource("fields")
  void any_value_of_a_field_is_taken_if_the_schema_takes_it(String field) {
    for (var value : VALUES) {
      assertSame(NODES.objectNode().set(field, value));
    }
  }

  @ParameterizedTest
  @MethodSource("fields")
  void a_field_like_it_is_not_taken(String field) {
    assertSame(NODES.objectNode().put(field + "s", "x"));
    assertSame(NODES.objectNode().put(field.toUpperCase(Locale.ROOT), "x"));
  }

  @Test
  void any_mixture_is_taken_if_the_schema_takes_it() {
    var random = new SplittableRandom(11);
    var fields = fields().toList();
    for (int i = 0; i < 5_000; i++) {
      var body = NODES.objectNode();
      for (int n = random.nextInt(1, 4); n > 0; n--) {
        body.set(
            fields.get(random.nextInt(fields.size())), VALUES.get(random.nextInt(VALUES.size())));
      }
      assertSame(body);
    }
  }

  @Test
  void what_is_no_object_is_not_taken() {
    VALUES.stream().filter(value -> !value.isNull()).forEach(NewInstanceContractTest::assertSame);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{'command': ['']}", "{'command': [' ', 'x']}"})
  void what_the_schema_cannot_say_is_refused_all_the_same(String body) {
    assertThat(SCHEMA.validate(json(body))).isEmpty();
    assertThat(isRead(json(body))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"64.0, true", "6.4e1, true", "64.5, false", "1e400, false", "-64.0, false"})
  void a_whole_number_is_one_however_it_is_written(String number, boolean isTaken) {
    assertThat(isRead(json("{'memory_mb': %s}".formatted(number)))).isEqualTo(isTaken);
  }

  private static void assertSame(JsonNode body) {
    assertThat(isRead(body)).as("%s", body).isEqualTo(SCHEMA.validate(body).isEmpty());
  }

  private static boolean isRead(JsonNode body) {
    try {
      CreateBody.read(body, "us-east-1", () -> "name");
      return true;
    } catch (ProblemException e) {
      return false;
    }
  }

  private static JsonNode json(String text) {
    return JSON.readTree(text.replace('\'', '"'));
  }

  private static JsonNode text(String character, int length) {
    return NODES.stringNode(character.repeat(length));
  }

  private static JsonNode array(int size) {
    var array = NODES.arrayNode();
    IntStream.range(0, size).forEach(i -> array.add("a" + i));
    return array;
  }

  private static JsonNode object(int size) {
    var object = NODES.objectNode();
    IntStream.range(0, size).forEach(i -> object.put("V" + i, ""));
    return object;
  }
}
