package dev.muster.worker.report;

import static dev.muster.worker.EventTopic.creation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.events.instance.Ids;
import dev.muster.infrastructure.EmbeddedKafka;
import dev.muster.infrastructure.FreePort;
import dev.muster.worker.EventTopic;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerOutageTest {

  @TempDir Path data;

  @Test
  void an_outcome_waits_for_a_broker_that_is_away() throws Exception {
    var port = FreePort.any();
    var instance = Ids.newInstance();
    var broker = EmbeddedKafka.start(data, port);
    try (var topic = new EventTopic(broker.bootstrapServers());
        var publisher = new Publisher(topic.kafka(), "w1")) {
      var reporter = new OutcomeReporter(publisher, "w1");
      broker.close();

      var reporting = Thread.ofVirtual().unstarted(() -> report(reporter, instance));
      reporting.start();
      assertThat(reporting.join(Duration.ofSeconds(1))).isFalse();
      broker = EmbeddedKafka.start(data, port);

      await().atMost(Duration.ofSeconds(60)).until(() -> !topic.outcomesOf(instance).isEmpty());
      reporting.join();
    } finally {
      broker.close();
    }
  }

  private static void report(OutcomeReporter reporter, String instance) {
    try {
      reporter.succeeded(creation(instance, "us-east-1"), "local");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
