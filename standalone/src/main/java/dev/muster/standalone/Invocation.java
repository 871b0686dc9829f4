package dev.muster.standalone;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What the command line asks for. */
sealed interface Invocation {

  /**
   * Run the platform.
   *
   * @param config file with settings, or null for none
   */
  record Up(Path data, int port, @Nullable Path config) implements Invocation {}

  /** Run PostgreSQL, Kafka and the Mongo server alone. */
  record Infra(Path data, ServerPorts ports) implements Invocation {}

  record Help() implements Invocation {}

  record Version() implements Invocation {}
}
