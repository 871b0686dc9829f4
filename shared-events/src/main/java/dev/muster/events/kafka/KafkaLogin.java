package dev.muster.events.kafka;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.security.plain.PlainLoginModule;
import org.apache.kafka.common.security.scram.ScramLoginModule;

/** Who the platform is at the broker, by SASL. */
record KafkaLogin(String username, String password, String mechanism) {

  static final List<String> MECHANISMS = List.of("PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512");

  KafkaLogin {
    if (username.isEmpty() || password.isEmpty()) {
      throw new IllegalArgumentException(
          "muster.kafka.username and muster.kafka.password are given together, or neither");
    }
    if (!MECHANISMS.contains(mechanism)) {
      throw new IllegalArgumentException(
          "muster.kafka.sasl-mechanism is '%s'; it takes %s"
              .formatted(mechanism, String.join(", ", MECHANISMS)));
    }
  }

  Map<String, Object> clientConfig() {
    return Map.of(
        CommonClientConfigs.SECURITY_PROTOCOL_CONFIG,
        "SASL_PLAINTEXT",
        SaslConfigs.SASL_MECHANISM,
        mechanism,
        SaslConfigs.SASL_JAAS_CONFIG,
        "%s required username=\"%s\" password=\"%s\";"
            .formatted(module().getName(), escaped(username), escaped(password)));
  }

  private Class<?> module() {
    return mechanism.equals("PLAIN") ? PlainLoginModule.class : ScramLoginModule.class;
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"");
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "%s by %s".formatted(username, mechanism);
  }
}
