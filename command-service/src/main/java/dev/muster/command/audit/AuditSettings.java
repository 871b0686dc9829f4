package dev.muster.command.audit;

import dev.muster.command.start.CannotStartException;
import dev.muster.command.start.RequiredSettings;
import dev.muster.events.tlog.NoteKey;
import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.env.Environment;

/**
 * What operators can set about the audit log. Bound from {@code muster.audit.*}.
 *
 * @param key that signs checkpoints: the log's name, a {@code +}, and 32 secret bytes in base64;
 *     the same at all replicas
 * @param checkpointInterval the least time between two checkpoints
 */
public record AuditSettings(String key, @DefaultValue("1s") Duration checkpointInterval) {

  public AuditSettings {
    try {
      NoteKey.parse(key);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "muster.audit.key cannot be used: %s".formatted(e.getMessage()));
    }
    if (checkpointInterval.compareTo(Duration.ofMillis(100)) < 0
        || checkpointInterval.compareTo(Duration.ofHours(1)) > 0) {
      throw new IllegalArgumentException(
          "muster.audit.checkpoint-interval is %s; it takes 100ms..1h"
              .formatted(checkpointInterval));
    }
  }

  /**
   * @throws CannotStartException when they are missing or senseless
   */
  public static AuditSettings of(Environment environment) {
    return RequiredSettings.read(
        environment, "muster.audit", AuditSettings.class, "muster.audit.key");
  }

  NoteKey signer() {
    return NoteKey.parse(key);
  }

  /** Never the key. */
  @Override
  public String toString() {
    return "AuditSettings[checkpointInterval=%s]".formatted(checkpointInterval);
  }
}
