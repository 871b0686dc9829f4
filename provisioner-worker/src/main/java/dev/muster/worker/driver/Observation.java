package dev.muster.worker.driver;

import org.jspecify.annotations.Nullable;

/** What a host shows of one instance whose start was reported. */
public sealed interface Observation {

  String instanceId();

  /** The operation that started the run. */
  String runId();

  /** The run is there, advancing or paused. */
  record Alive(String instanceId, String runId) implements Observation {}

  /**
   * The run ended and nobody had asked for it.
   *
   * @param exitCode 0..255, 128 + n for signal n, or null when nobody knows
   * @param reason for the user to read
   */
  record Ended(String instanceId, String runId, @Nullable Integer exitCode, String reason)
      implements Observation {}
}
