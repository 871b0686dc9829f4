package dev.muster.kafka.group;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.events.kafka.KafkaClients;
import dev.muster.events.kafka.KafkaSettings;
import dev.muster.events.kafka.TestKafka;
import dev.muster.infrastructure.TestServers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.errors.WakeupException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A member of a group while nothing is written. */
class GroupAtRestTest {

  private static final String TOPIC = "at-rest-" + System.nanoTime();
  private static final int POLLS = 10;

  private final KafkaClients kafka = clients(Duration.ofMillis(200));

  private final AtomicInteger polls = new AtomicInteger();
  private final AtomicBoolean stopping = new AtomicBoolean();

  @Test
  void a_poll_ends_when_the_broker_has_nothing_so_that_the_next_one_asks_again() throws Exception {
    try (var admin = kafka.admin("at-rest")) {
      admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
    }
    try (var member = kafka.groupConsumer(TOPIC, TOPIC)) {
      member.subscribe(List.of(TOPIC));
      var polling = CompletableFuture.runAsync(() -> poll(member));
      try {
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> answers(member) > 0);
        var before = answers(member);
        var begun = polls.get();
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> polls.get() >= begun + POLLS);

        // One that comes late, on a busy machine, is a later poll's.
        assertThat(answers(member) - before).isGreaterThanOrEqualTo(POLLS / 2.0);
      } finally {
        stopping.set(true);
        member.wakeup();
        polling.join();
      }
    }
  }

  @Test
  void a_member_without_partitions_ends_each_poll_soon_since_only_then_it_hears_of_one() {
    var slow = clients(Duration.ofSeconds(30));
    try (var member = slow.groupConsumer(TOPIC + "-none", TOPIC)) {
      member.subscribe(List.of(TOPIC + "-none"));
      var polling = CompletableFuture.runAsync(() -> poll(member));
      try {
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> polls.get() >= 10);
      } finally {
        stopping.set(true);
        member.wakeup();
        polling.join();
      }
    }
  }

  private void poll(Consumer<String, byte[]> member) {
    try {
      while (!stopping.get()) {
        member.poll(Duration.ofHours(1));
        polls.incrementAndGet();
      }
    } catch (WakeupException _) {
      // the end of the test
    }
  }

  private static KafkaClients clients(Duration fetchWait) {
    return TestKafka.clients(
        new KafkaSettings(
            TestServers.shared().kafka(), 1, (short) 1, fetchWait, "", "", "SCRAM-SHA-256"));
  }

  private static double answers(Consumer<String, byte[]> member) {
    return member.metrics().entrySet().stream()
        .filter(metric -> metric.getKey().name().equals("fetch-total"))
        .mapToDouble(metric -> (double) metric.getValue().metricValue())
        .sum();
  }
}
