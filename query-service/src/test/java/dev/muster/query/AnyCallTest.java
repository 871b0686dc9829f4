package dev.muster.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.infrastructure.TestServers;
import dev.muster.web.wire.AnyCall;
import dev.muster.web.wire.Routes;
import java.io.IOException;
import java.util.Objects;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;

/** Calls made of anything. */
class AnyCallTest {

  private static @Nullable RunningQueryService running;

  @BeforeContainer
  static void start() throws Exception {
    var servers = TestServers.shared();
    try (var topic = Topic.at(servers.kafka())) {
      topic.signNothing();
    }
    running = RunningQueryService.start(servers.kafka(), servers.mongoUri("any_calls"));
    service().awaitReady();
    await().until(() -> service().status("/api/audit/checkpoint") == 200);
  }

  @AfterContainer
  static void the_service_goes_on() {
    assertThat(service().status("/healthz")).isEqualTo(200);
    service().close();
  }

  @Provide
  Arbitrary<AnyCall> calls() {
    // An answer that has no end cannot be waited for.
    var routes = Routes.of(service().context()).without("/api/events");
    return AnyCall.to(routes, RunningQueryService.KEY);
  }

  @Property(tries = 500, seed = "20261124")
  void whatever_is_asked_is_answered_or_refused(@ForAll("calls") AnyCall call) throws IOException {
    call.check(call.send(service().port()));
  }

  private static RunningQueryService service() {
    return Objects.requireNonNull(running);
  }
}
