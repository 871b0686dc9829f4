package dev.muster.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.jayway.jsonpath.JsonPath;
import dev.muster.events.codec.Json;
import dev.muster.events.host.HostOrder;
import dev.muster.events.kafka.Topics;
import dev.muster.events.operator.OperatorEvent.CordonRequested;
import dev.muster.events.operator.OperatorEvent.UncordonRequested;
import dev.muster.infrastructure.EmbeddedKafka;
import dev.muster.infrastructure.TestServers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What operators tell of hosts. */
class HostsTest {

  @TempDir private static Path folder;
  private static EmbeddedKafka kafka;
  private static RestOfThePlatform rest;
  private static RunningCommandService service;
  private static TopicContent orders;

  @BeforeAll
  static void start() throws Exception {
    kafka = EmbeddedKafka.start(folder, 0);
    rest = RestOfThePlatform.start(kafka.bootstrapServers());
    orders = new TopicContent(kafka.bootstrapServers(), Topics.WORKER_ORDERS);
    rest.announce("long-gone", "gone-1", null, Instant.now().minusSeconds(601));
    rest.announce("box-1", "us-east-1");
    rest.announce("box-2", "us-east-1");
    service =
        RunningCommandService.start(
            kafka.bootstrapServers(), TestServers.shared().postgres().newDatabase());
    await().until(() -> service.get("/healthz").statusCode() == 200);
  }

  @AfterAll
  static void stop() throws Exception {
    service.close();
    rest.close();
    kafka.close();
  }

  @Test
  void a_host_is_cordoned_and_uncordoned_and_who_wants_it_is_recorded() throws Exception {
    var cordoned = call("box-1", "cordon");

    assertThat(cordoned.statusCode()).isEqualTo(202);
    assertThat(cordoned.body()).isEqualTo("{\"host\":\"box-1\",\"cordoned\":true}");
    assertThat(order("box-1").cordoned()).isTrue();
    assertThat(order("box-1").requestedBy()).isEqualTo("key_admin");

    var uncordoned = call("box-1", "uncordon");

    assertThat(uncordoned.statusCode()).isEqualTo(202);
    assertThat(uncordoned.body()).isEqualTo("{\"host\":\"box-1\",\"cordoned\":false}");
    assertThat(order("box-1").cordoned()).isFalse();
    assertThat(Recorded.ofOperators(kafka.bootstrapServers(), CordonRequested.class))
        .anySatisfy(one -> assertThat(one.event().host()).isEqualTo("box-1"));
    assertThat(Recorded.ofOperators(kafka.bootstrapServers(), UncordonRequested.class))
        .singleElement()
        .satisfies(one -> assertThat(one.event().at()).isEqualTo(order("box-1").at()));
  }

  @Test
  void made_again_under_its_key_it_is_ordered_once_and_answered_the_same() throws Exception {
    var first = service.post("/api/hosts/box-2/cordon", "", "Idempotency-Key", "cordon-2");
    var order = order("box-2");

    var again = service.post("/api/hosts/box-2/cordon", "", "Idempotency-Key", "cordon-2");

    assertThat(again.statusCode()).isEqualTo(202);
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(again.headers().firstValue("Idempotent-Replayed")).contains("true");
    assertThat(order("box-2")).isEqualTo(order);
  }

  @Test
  void a_host_that_nobody_has_announced_lately_is_404() {
    for (var host : new String[] {"nowhere", "long-gone"}) {
      var answer = call(host, "cordon");

      assertThat(answer.statusCode()).isEqualTo(404);
      assertThat(JsonPath.<String>read(answer.body(), "$.detail"))
          .isEqualTo(
              "no worker has announced a host '%s' within the last ten minutes".formatted(host));
      assertThat(orders.of("host/" + host)).isEmpty();
    }
  }

  private static HttpResponse<String> call(String host, String what) {
    return service.post("/api/hosts/" + host + "/" + what);
  }

  private static HostOrder order(String host) {
    return Json.read(orders.of("host/" + host).orElseThrow(), HostOrder.class);
  }
}
