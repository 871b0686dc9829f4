package dev.muster.command.instance;

import dev.muster.events.instance.InstanceState;
import org.jspecify.annotations.Nullable;

/**
 * What the aggregate answers.
 *
 * @param state the instance after the decision, or null when there is none
 */
public record Reply(Decision decision, @Nullable InstanceState state) {

  /** The version the decision was made at or has led to; 0 when there is no instance. */
  public long version() {
    return state == null ? 0 : state.version();
  }
}
