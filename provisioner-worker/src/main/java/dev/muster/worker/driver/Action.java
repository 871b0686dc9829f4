package dev.muster.worker.driver;

import dev.muster.events.instance.InstanceSpec;

/** How an instance is wanted to be on its host. Done twice, an action acts once. */
public sealed interface Action {

  /** Exactly one run of the instance is alive: the one that this task starts. */
  record Start(InstanceSpec spec) implements Action {}

  /** The run is there and does not advance. */
  record Pause() implements Action {}

  /** The run is there and advances. */
  record Resume() implements Action {}

  /** Nothing of the instance runs; its files stay. */
  record Clear() implements Action {}

  /** Nothing of the instance is left. */
  record Remove() implements Action {}
}
