package dev.muster.web.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.events.access.Scope;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a key is good for, over real HTTP. */
class ScopesTest {

  private static KeyedService service;

  @BeforeAll
  static void start() {
    service = KeyedService.start();
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @ParameterizedTest
  @CsvSource({
    "READ, GET, rooms, 200",
    "READ, POST, rooms, 403",
    "READ, GET, past, 200",
    "READ, GET, safe, 403",
    "OPERATE, GET, rooms, 200",
    "OPERATE, POST, rooms, 200",
    "OPERATE, GET, past, 200",
    "OPERATE, GET, safe, 403",
    "AUDIT, GET, rooms, 403",
    "AUDIT, POST, rooms, 403",
    "AUDIT, GET, past, 200",
    "AUDIT, GET, safe, 403",
    "ADMIN, GET, rooms, 200",
    "ADMIN, POST, rooms, 200",
    "ADMIN, GET, past, 200",
    "ADMIN, GET, safe, 200",
  })
  void a_key_is_good_for_what_its_scope_says(Scope scope, String method, String path, int status) {
    var key = service.issued(scope);

    assertThat(service.call(method, "/api/" + path, key.text()).statusCode()).isEqualTo(status);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "//api/safe",
        "/api//safe",
        "/api/safe/",
        "/api/./safe",
        "/api/x/../safe",
        "/api/%73afe",
        "/api/safe;x=1",
        "/API/safe",
        "/api/safe%2f",
        "/api/safe.json"
      })
  void no_spelling_of_a_path_gets_around_the_scope(String path) {
    var key = service.issued(Scope.READ);

    assertThat(service.call("GET", path, key.text()).body()).isNotEqualTo("safe");
  }

  @Test
  void a_refusal_names_the_scope_that_is_needed() {
    var answer = service.call("POST", "/api/rooms", service.issued(Scope.READ).text());

    assertThat(answer.body())
        .contains("/problems/forbidden", "this takes a key with the scope operate");
  }
}
