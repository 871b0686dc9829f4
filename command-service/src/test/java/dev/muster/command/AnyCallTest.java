package dev.muster.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.web.wire.AnyCall;
import dev.muster.web.wire.Routes;
import java.io.IOException;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Calls made of anything. */
class AnyCallTest {

  private static final CommandSide SIDE = new CommandSide(1);

  @BeforeContainer
  static void start() throws Exception {
    SIDE.start();
  }

  @AfterContainer
  static void the_service_goes_on() throws Exception {
    assertThat(SIDE.service().get("/healthz").statusCode()).isEqualTo(200);
    SIDE.stop();
  }

  @Provide
  Arbitrary<AnyCall> calls() {
    return AnyCall.to(Routes.of(SIDE.service().context()), RunningCommandService.KEY);
  }

  @Property(tries = 500, seed = "20261124")
  void whatever_is_asked_is_answered_or_refused(@ForAll("calls") AnyCall call) throws IOException {
    call.check(call.send(SIDE.service().port()));
  }
}
