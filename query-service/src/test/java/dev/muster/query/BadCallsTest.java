package dev.muster.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.infrastructure.TestServers;
import dev.muster.web.wire.BadCall;
import dev.muster.web.wire.Routes;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every route, with every kind of bad value: each is refused in its own words. */
class BadCallsTest {

  private static RunningQueryService service;

  static Stream<BadCall> listed() throws IOException {
    return BadCall.in(BadCallsTest.class, "bad-calls.txt");
  }

  static Stream<BadCall> everywhere() {
    return routes().everywhere();
  }

  @BeforeAll
  static void start() throws Exception {
    var servers = TestServers.shared();
    try (var topic = Topic.at(servers.kafka())) {
      topic.signNothing();
    }
    service = RunningQueryService.start(servers.kafka(), servers.mongoUri("bad_calls"));
    service.awaitReady();
    await().until(() -> service.status("/api/audit/checkpoint") == 200);
  }

  @AfterAll
  static void the_service_goes_on() {
    assertThat(service.status("/healthz")).isEqualTo(200);
    assertThat(service.status("/api/instances")).isEqualTo(200);
    service.close();
  }

  @ParameterizedTest
  @MethodSource("listed")
  void a_bad_call_is_refused(BadCall call) throws IOException {
    call.check(call.send(service.port(), RunningQueryService.KEY, Map.of()));
  }

  @ParameterizedTest
  @MethodSource("everywhere")
  void what_is_bad_everywhere_is_refused_everywhere(BadCall call) throws IOException {
    var answer = call.send(service.port(), RunningQueryService.KEY, Map.of());

    call.check(answer);
    if (call.status() == 405) {
      assertThat(Set.of(answer.header("Allow").orElse("").split(", ")))
          .isEqualTo(routes().allowedAt(call));
    }
  }

  @Test
  void every_route_is_in_the_list() throws IOException {
    var calls = listed().toList();

    assertThat(routes().notIn(calls)).isEmpty();
  }

  private static Routes routes() {
    return Routes.of(service.context());
  }
}
