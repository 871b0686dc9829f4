package dev.muster.query.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.events.kafka.Topics;
import dev.muster.query.QuerySide;
import dev.muster.query.Story;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What monitoring sees of the service, at work and at rest. */
class RestTest {

  @RegisterExtension static final QuerySide SIDE = new QuerySide("rest", 1);

  @Test
  void at_rest_nobody_asks_the_store_ten_times_a_second() {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              var before = commands();
              await().pollDelay(Duration.ofSeconds(2)).until(() -> true);
              return commands() - before < 10;
            });
  }

  @Test
  void every_record_that_was_written_is_counted() {
    var before = projected();
    var stories =
        IntStream.range(0, 30)
            .mapToObj(i -> Story.running("counted-" + i).pauseRequested())
            .toArray(Story[]::new);

    SIDE.topic().tell(stories);

    SIDE.service().awaitAll(stories);
    await().until(() -> projected() - before == 90);
  }

  @Test
  void the_lag_is_there_for_both_topics_and_ends_at_nothing() {
    for (var name : new String[] {Topics.INSTANCE_EVENTS, Topics.INSTANCE_HEALTH}) {
      await().until(() -> gauge("muster.projection.lag.events", name) == 0);
      assertThat(gauge("muster.projection.lag.seconds", name)).isZero();
    }
  }

  private static double gauge(String name, String topicName) {
    return SIDE.service().meters().get(name).tag("topic", topicName).gauge().value();
  }

  private static double projected() {
    return SIDE.service()
        .meters()
        .get("muster.projection.events")
        .tag("topic", Topics.INSTANCE_EVENTS)
        .counter()
        .count();
  }

  private static long commands() {
    return SIDE.service().meters().find("mongodb.driver.commands").timers().stream()
        .mapToLong(Timer::count)
        .sum();
  }
}
