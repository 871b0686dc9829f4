package dev.muster.query.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.events.kafka.Topics;
import dev.muster.infrastructure.TestServers;
import dev.muster.query.RunningQueryService;
import dev.muster.query.Story;
import dev.muster.query.Topic;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What monitoring sees of the service, at work and at rest. */
class RestTest {

  private static Topic topic;
  private static RunningQueryService service;

  @BeforeAll
  static void start() throws Exception {
    var servers = TestServers.shared();
    topic = Topic.at(servers.kafka());
    service = RunningQueryService.start(servers.kafka(), servers.mongoUri("rest"));
    service.awaitReady();
  }

  @AfterAll
  static void stop() {
    service.close();
    topic.close();
  }

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

    topic.tell(stories);

    service.awaitAll(stories);
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
    return service.meters().get(name).tag("topic", topicName).gauge().value();
  }

  private static double projected() {
    return service
        .meters()
        .get("muster.projection.events")
        .tag("topic", Topics.INSTANCE_EVENTS)
        .counter()
        .count();
  }

  private static long commands() {
    return service.meters().find("mongodb.driver.commands").timers().stream()
        .mapToLong(Timer::count)
        .sum();
  }
}
