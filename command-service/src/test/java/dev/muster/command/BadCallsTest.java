package dev.muster.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import dev.muster.web.wire.BadCall;
import dev.muster.web.wire.Routes;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every route, with every kind of bad value: each is refused in its own words, and does nothing.
 */
class BadCallsTest {

  @RegisterExtension static final CommandSide SIDE = new CommandSide(1);

  private static String running = "";
  private static int written;

  static Stream<BadCall> listed() throws IOException {
    return BadCall.in(BadCallsTest.class, "bad-calls.txt");
  }

  static Stream<BadCall> everywhere() {
    return routes().everywhere();
  }

  @BeforeAll
  static void start() {
    var answer = SIDE.service().post("/api/instances", "{}", "Prefer", "wait=30");
    running = JsonPath.read(answer.body(), "$.id");
    written = SIDE.rest().seen().size();
  }

  @AfterAll
  static void nothing_was_done_and_the_service_goes_on() {
    assertThat(SIDE.service().get("/healthz").statusCode()).isEqualTo(200);
    assertThat(SIDE.rest().seen()).hasSize(written);
    assertThat(SIDE.service().post("/api/instances/" + running + "/pause").statusCode())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @MethodSource("listed")
  void a_bad_call_is_refused(BadCall call) throws IOException {
    call.check(call.send(SIDE.service().port(), RunningCommandService.KEY, Map.of("id", running)));
  }

  @ParameterizedTest
  @MethodSource("everywhere")
  void what_is_bad_everywhere_is_refused_everywhere(BadCall call) throws IOException {
    var answer = call.send(SIDE.service().port(), RunningCommandService.KEY, Map.of());

    call.check(answer);
    if (call.status() == 405) {
      assertThat(Set.of(answer.header("Allow").orElse("").split(", ")))
          .isEqualTo(routes().allowedAt(call));
    }
  }

  @Test
  void every_route_is_in_the_list() throws IOException {
    List<BadCall> calls = listed().toList();

    assertThat(routes().notIn(calls)).isEmpty();
  }

  private static Routes routes() {
    return Routes.of(SIDE.service().context());
  }
}
