package dev.muster.events.kafka;

import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Kafka clients that know the secret of the services under test, and one that does not. */
public final class TestKafka {

  public static final String SECRET = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

  private TestKafka() {}

  public static KafkaClients clients(KafkaSettings settings) {
    return new KafkaClients(settings, RecordMac.of(SECRET), (_, _, _, _) -> {});
  }

  /** Writes the record as it stands, as anybody can who reaches the broker. */
  public static void writePlainly(String bootstrapServers, ProducerRecord<String, byte[]> record) {
    Map<String, Object> config = Map.of("bootstrap.servers", bootstrapServers);
    try (var producer =
        new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer())) {
      var sent = producer.send(record);
      producer.flush();
      sent.resultNow();
    }
  }
}
