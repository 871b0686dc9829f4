package dev.muster.command.instance.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.muster.web.problem.PointerError;
import dev.muster.web.problem.ProblemException;
import dev.muster.web.problem.ProblemType;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** Every kind of bad value in every field of a new instance. */
class CreateBodyTest {

  private static final JsonMapper JSON = new JsonMapper();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final List<String> FIELDS =
      List.of(
          "name",
          "region",
          "image",
          "command",
          "env",
          "cpus",
          "memory_mb",
          "disk_mb",
          "pids",
          "stop_timeout",
          "restart_policy",
          "labels");

  /** Of each field, values that it takes to its bounds. */
  static Stream<String> good() {
    return Stream.of(
        "{}",
        "{'name': null, 'region': null, 'image': null, 'command': null, 'env': null, 'cpus': null,"
            + " 'memory_mb': null, 'disk_mb': null, 'pids': null,"
            + " 'stop_timeout': null, 'restart_policy': null, 'labels': null}",
        "{'name': 'x'}",
        "{'name': '%s'}".formatted("n".repeat(100)),
        "{'name': '名前 🐝'}",
        "{'command': []}",
        "{'command': ['a', '']}",
        "{'env': {'A': '', '_b1': 'two\\nlines'}}",
        "{'cpus': 64}",
        "{'cpus': 0.001}",
        "{'memory_mb': 16}",
        "{'memory_mb': 1048576}",
        "{'env': {'X.dot': '1', 'a-b': '2', '-c': '', '1': '4', 'ä ö': '5'}}",
        "{'disk_mb': 1}",
        "{'disk_mb': 16777216}",
        "{'pids': 1}",
        "{'pids': 4194304}",
        "{'stop_timeout': 0}",
        "{'stop_timeout': 600}",
        "{'restart_policy': 'always'}",
        "{'labels': {}}",
        "{'labels': {'a': '', 'team.example/owner_1': 'A-b.c_9'}}",
        "{'labels': {'%s': '%s'}}".formatted("k".repeat(63), "v".repeat(63)));
  }

  @ParameterizedTest
  @MethodSource("good")
  void what_is_right_is_taken(String body) {
    assertThat(CreateBody.read(json(body), "us-east-1", () -> "name")).isNotNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'name': ''}|/name",
        "{'name': '   '}|/name",
        "{'name': 7}|/name",
        "{'name': ['a']}|/name",
        "{'name': 'two\\nlines'}|/name",
        "{'name': '\\u0000'}|/name",
        "{'name': '\\ud800'}|/name",
        "{'name': '\\u2028'}|/name",
        "{'region': true}|/region",
        "{'image': {}}|/image",
        "{'command': 'sleep 9'}|/command",
        "{'command': {}}|/command",
        "{'command': ['']}|/command/0",
        "{'command': ['a', 7]}|/command/1",
        "{'command': ['a', null]}|/command/1",
        "{'command': ['a', 'b\\u0000']}|/command/1",
        "{'env': []}|/env",
        "{'env': 'A=1'}|/env",
        "{'env': {'': 'x'}}|/env/",
        "{'env': {'A=B': 'x'}}|/env/A=B",
        "{'env': {'A/B~C': 1}}|/env/A~1B~0C",
        "{'env': {'A': 1}}|/env/A",
        "{'env': {'A': null}}|/env/A",
        "{'cpus': 0}|/cpus",
        "{'cpus': -1}|/cpus",
        "{'cpus': 64.1}|/cpus",
        "{'cpus': '1'}|/cpus",
        "{'cpus': 1e400}|/cpus",
        "{'memory_mb': 15}|/memory_mb",
        "{'memory_mb': 1048577}|/memory_mb",
        "{'memory_mb': 64.5}|/memory_mb",
        "{'memory_mb': 99999999999999999999}|/memory_mb",
        "{'memory_mb': '64'}|/memory_mb",
        "{'disk_mb': 0}|/disk_mb",
        "{'disk_mb': 16777217}|/disk_mb",
        "{'disk_mb': 1.5}|/disk_mb",
        "{'disk_mb': true}|/disk_mb",
        "{'pids': 0}|/pids",
        "{'pids': 4194305}|/pids",
        "{'pids': 2.5}|/pids",
        "{'pids': '8'}|/pids",
        "{'stop_timeout': -1}|/stop_timeout",
        "{'stop_timeout': 601}|/stop_timeout",
        "{'stop_timeout': '10s'}|/stop_timeout",
        "{'stop_timeout': 0.5}|/stop_timeout",
        "{'restart_policy': 'sometimes'}|/restart_policy",
        "{'restart_policy': 'ALWAYS'}|/restart_policy",
        "{'restart_policy': 1}|/restart_policy",
        "{'labels': []}|/labels",
        "{'labels': 'a=b'}|/labels",
        "{'labels': {'': 'x'}}|/labels/",
        "{'labels': {'a=b': 'x'}}|/labels/a=b",
        "{'labels': {'a,b': 'x'}}|/labels/a,b",
        "{'labels': {'-a': 'x'}}|/labels/-a",
        "{'labels': {'ä': 'x'}}|/labels/ä",
        "{'labels': {'a': 1}}|/labels/a",
        "{'labels': {'a': null}}|/labels/a",
        "{'labels': {'a': 'b,c'}}|/labels/a",
        "{'labels': {'a/b': 'c/d'}}|/labels/a~1b",
        "{'labels': {'a': ' '}}|/labels/a",
        "{'status': 'running'}|/status",
        "{'': 1}|/"
      })
  void what_is_wrong_is_named_by_its_pointer(String body, String pointer) {
    assertThat(mistakes(json(body))).extracting(PointerError::pointer).containsExactly(pointer);
  }

  @Test
  void labels_are_bounded_in_number_and_length() {
    var many = NODES.objectNode();
    for (int i = 0; i <= 64; i++) {
      many.put("k" + i, "v");
    }

    assertThat(mistakes(NODES.objectNode().set("labels", many)))
        .extracting(PointerError::detail)
        .containsExactly("it takes up to 64 labels");
    for (var label :
        List.of("'%s': ''".formatted("k".repeat(64)), "'k': '%s'".formatted("v".repeat(64)))) {
      assertThat(mistakes(json("{'labels': {%s}}".formatted(label)))).hasSize(1);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"[]", "7", "'\"text\"'", "true", "null"})
  void what_is_no_object_is_named_as_a_whole(String body) {
    assertThat(mistakes(JSON.readTree(body))).extracting(PointerError::pointer).containsExactly("");
  }

  @Test
  void too_much_of_anything_is_named() {
    var body = NODES.objectNode();
    body.put("name", "n".repeat(101)).put("image", "i".repeat(256));
    var command = body.putArray("command");
    var env = body.putObject("env");
    for (int i = 0; i < 300; i++) {
      command.add("a");
      env.put("A" + i, "b");
    }

    assertThat(mistakes(body))
        .extracting(PointerError::pointer)
        .containsExactlyInAnyOrder("/name", "/image", "/command", "/env");
  }

  /** Whatever comes is taken or refused with at least one pointer into it; nothing else happens. */
  @Test
  void nothing_that_is_json_breaks_it() {
    for (long seed = 0; seed < 20_000; seed++) {
      var body = new Anything(seed).body();
      try {
        assertThat(CreateBody.read(body, "us-east-1", () -> "name")).isNotNull();
      } catch (ProblemException e) {
        assertThat(e.type()).as("seed %d", seed).isEqualTo(ProblemType.INVALID_REQUEST);
        assertThat(e.errors()).as("seed %d", seed).isNotEmpty();
      }
    }
  }

  private static List<PointerError> mistakes(JsonNode body) {
    var problem =
        catchThrowableOfType(
            ProblemException.class, () -> CreateBody.read(body, "us-east-1", () -> "name"));
    assertThat(problem).as("accepted: %s", body).isNotNull();
    assertThat(problem.type()).isEqualTo(ProblemType.INVALID_REQUEST);
    return problem.errors();
  }

  private static JsonNode json(String singleQuoted) {
    return JSON.readTree(singleQuoted.replace('\'', '"'));
  }

  /** JSON of any shape, often under the names of real fields. */
  private static final class Anything {

    private static final List<String> TEXTS =
        List.of("", " ", "a", "never", "\u0000", "\ud800", "🐝", "A=1", "../..", "x".repeat(300));

    private final SplittableRandom random;

    Anything(long seed) {
      this.random = new SplittableRandom(seed);
    }

    JsonNode body() {
      var body = NODES.objectNode();
      for (int i = random.nextInt(5); i > 0; i--) {
        var field = random.nextInt(8) == 0 ? text() : FIELDS.get(random.nextInt(FIELDS.size()));
        body.set(field, value(3));
      }
      return body;
    }

    private String text() {
      return TEXTS.get(random.nextInt(TEXTS.size()));
    }

    private JsonNode value(int depth) {
      return switch (random.nextInt(depth > 0 ? 9 : 7)) {
        case 0 -> NODES.nullNode();
        case 1 -> NODES.booleanNode(random.nextBoolean());
        case 2 -> NODES.numberNode(random.nextLong());
        case 3 -> NODES.numberNode(random.nextInt(-2, 70));
        case 4 -> NODES.numberNode(random.nextDouble(-1e300, 1e300));
        case 5, 6 -> NODES.stringNode(text());
        case 7 -> array(depth - 1);
        default -> object(depth - 1);
      };
    }

    private JsonNode array(int depth) {
      var array = NODES.arrayNode();
      for (int i = random.nextInt(4); i > 0; i--) {
        array.add(value(depth));
      }
      return array;
    }

    private JsonNode object(int depth) {
      var object = NODES.objectNode();
      for (int i = random.nextInt(4); i > 0; i--) {
        object.set(text(), value(depth));
      }
      return object;
    }
  }
}
