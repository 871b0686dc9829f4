package dev.muster.command.access.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import dev.muster.command.ContractSchema;
import dev.muster.web.problem.ProblemException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The body that asks for a key is read by hand; it is read as the contract's schema says. */
class NewKeyContractTest {

  private static final Instant NOW = Instant.parse("2026-03-14T09:26:53Z");
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final Schema SCHEMA = ContractSchema.named("NewKey");

  /** Values at the bounds of one field or another, and of every type. */
  private static final List<JsonNode> VALUES =
      Stream.concat(
              Stream.of(
                      "null",
                      "true",
                      "-1",
                      "0",
                      "1.5",
                      "2592000",
                      "2592001",
                      "1e400",
                      "99999999999999999999",
                      "{}",
                      "[]",
                      "[null]",
                      "[1]",
                      "['read']",
                      "['read', 'operate', 'audit', 'admin']",
                      "['read', 'read']",
                      "['read', 'operate', 'audit', 'admin', 'read']",
                      "['READ']",
                      "['root']",
                      "[['read']]",
                      "'read'",
                      "''",
                      "' '",
                      "'a\\nb'",
                      "'a\\ud83d'",
                      "'名前'",
                      "'key_4bCdE9zZ'",
                      "'key_4bCdE9zZ '",
                      "'key_4bCdE9z'",
                      "'key_4bCdE9zZ9'",
                      "'key_admin'",
                      "'KEY_4bCdE9zZ'")
                  .map(NewKeyContractTest::json),
              Stream.of(NODES.stringNode("🔑".repeat(100)), NODES.stringNode("🔑".repeat(101))))
          .toList();

  @ParameterizedTest
  @ValueSource(strings = {"name", "scopes", "replaces", "overlap_secs", "secret", "Name"})
  void any_value_of_a_field_is_taken_if_the_schema_takes_it(String field) {
    for (var value : VALUES) {
      var body = replacing();
      body.set(field, value);
      // A key that replaces none needs more, which no schema says.
      if (!(field.equals("replaces") && value.isNull())) {
        assertThat(isRead(body)).as("%s", body).isEqualTo(SCHEMA.validate(body).isEmpty());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'name': 'k'}",
        "{'scopes': ['read']}",
        "{'name': 'k', 'scopes': ['read'], 'overlap_secs': 1}",
        "{'name': 'k', 'scopes': ['read'], 'expires_at': '2026-03-14T09:26:53Z'}",
        "{'name': 'k', 'scopes': ['read'], 'expires_at': 'soon'}"
      })
  void what_the_schema_cannot_say_is_refused_all_the_same(String body) {
    assertThat(SCHEMA.validate(json(body))).isEmpty();
    assertThat(isRead(json(body))).isFalse();
  }

  private static ObjectNode replacing() {
    return NODES.objectNode().put("replaces", "key_0aB1cD2e");
  }

  private static boolean isRead(JsonNode body) {
    try {
      NewKeyBody.read(body, NOW);
      return true;
    } catch (ProblemException e) {
      return false;
    }
  }

  private static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text.replace('\'', '"'));
  }
}
