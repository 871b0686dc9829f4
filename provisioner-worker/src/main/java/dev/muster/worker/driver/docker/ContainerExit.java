package dev.muster.worker.driver.docker;

import dev.muster.worker.driver.ExitReason;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * How a container ended.
 *
 * @param reason for the user to read
 */
record ContainerExit(int exitCode, String reason) {

  private static final int KILLED = 128 + 9;

  /** Of an inspected container; empty while it has not ended. */
  static Optional<ContainerExit> of(JsonNode container) {
    var state = container.path("State");
    if (!state.path("Status").asString("").matches("exited|dead")) {
      return Optional.empty();
    }
    var code = state.path("ExitCode").asInt(0);
    var own = ExitReason.of(code, ExitReason.looksLikeSignal(code));
    if (!state.path("OOMKilled").asBoolean(false) || code == 0) {
      return Optional.of(new ContainerExit(code, own));
    }
    var memory = container.path("Config").path("Labels").path(ContainerLabels.MEMORY).asString("");
    var full = memory.isEmpty() ? "none was left" : "it reached its memory_mb of " + memory;
    return Optional.of(
        new ContainerExit(
            code,
            code == KILLED
                ? "out of memory: %s, and the kernel ended it with exit code %d"
                    .formatted(full, code)
                : own + "; before, the kernel had ended a process of it that was out of memory"));
  }
}
