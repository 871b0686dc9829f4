package dev.muster.worker;

import dev.muster.events.kafka.KafkaClients;
import dev.muster.events.kafka.KafkaSettings;
import dev.muster.events.kafka.RecordMac;

/** Kafka clients that know the secret of the services under test. */
public final class TestKafka {

  public static final String SECRET = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

  private TestKafka() {}

  public static KafkaClients clients(KafkaSettings settings) {
    return new KafkaClients(settings, RecordMac.of(SECRET), (_, _, _, _) -> {});
  }
}
