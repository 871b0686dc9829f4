package dev.muster.events.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.clients.producer.ProducerConfig;
import org.junit.jupiter.api.Test;

class KafkaClientsTest {

  private final KafkaClients clients =
      new KafkaClients(
          KafkaSettings.of("localhost:9092", 1),
          RecordMac.of("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="),
          (_, _, _, _) -> {});

  /** A broker shows what happens otherwise only now and then; see FreshTopicTest. */
  @Test
  void no_batch_of_a_producer_can_overtake_one_that_was_refused() {
    assertThat(clients.producing("test"))
        .containsEntry(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1)
        .containsEntry(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true)
        .containsEntry(ProducerConfig.ACKS_CONFIG, "all");
  }
}
