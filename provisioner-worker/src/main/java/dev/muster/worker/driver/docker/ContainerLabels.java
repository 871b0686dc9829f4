package dev.muster.worker.driver.docker;

/** Labels of what Muster has on an engine. They never change. */
final class ContainerLabels {

  /** Name of the host in the configuration. */
  static final String HOST = "dev.muster.host";

  static final String INSTANCE = "dev.muster.instance";

  /** {@code record} or {@code run}. */
  static final String KIND = "dev.muster.kind";

  /** The operation that started a run. */
  static final String RUN = "dev.muster.run";

  /** Place of that operation in the history of the instance. */
  static final String RUN_SEQUENCE = "dev.muster.sequence";

  /** Milliseconds that the run has to end. */
  static final String STOP_TIMEOUT = "dev.muster.stop-timeout";

  /** MiB. */
  static final String MEMORY = "dev.muster.memory-mb";

  private ContainerLabels() {}
}
