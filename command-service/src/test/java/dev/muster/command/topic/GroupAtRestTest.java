package dev.muster.command.topic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.events.kafka.KafkaClients;
import dev.muster.events.kafka.KafkaSettings;
import dev.muster.events.kafka.TestKafka;
import dev.muster.infrastructure.TestServers;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A member of a group while nothing is written. */
class GroupAtRestTest {

  private static final String TOPIC = "at-rest-" + System.nanoTime();

  private final KafkaClients kafka =
      TestKafka.clients(KafkaSettings.of(TestServers.shared().kafka(), 1));

  @Test
  void a_fetch_is_under_way_at_all_times_however_long_the_poll() throws Exception {
    try (var admin = kafka.admin("at-rest")) {
      admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
    }
    try (var member = kafka.groupConsumer(TOPIC, TOPIC)) {
      member.subscribe(List.of(TOPIC));
      Awaitility.await()
          .until(
              () -> {
                member.poll(Duration.ofMillis(100));
                return !member.assignment().isEmpty() && fetches(member) > 0;
              });

      var before = fetches(member);
      for (int polls = 0; polls < 4; polls++) {
        // Ends when the broker has answered with nothing: a poll that goes on has no fetch.
        assertThat(member.poll(Duration.ofHours(1))).isEmpty();
      }

      assertThat(fetches(member) - before).isGreaterThanOrEqualTo(3);
    }
  }

  private static double fetches(Consumer<String, byte[]> member) {
    return member.metrics().entrySet().stream()
        .filter(metric -> metric.getKey().name().equals("fetch-total"))
        .mapToDouble(metric -> (double) metric.getValue().metricValue())
        .sum();
  }
}
