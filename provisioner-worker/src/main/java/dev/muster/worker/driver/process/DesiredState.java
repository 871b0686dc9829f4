package dev.muster.worker.driver.process;

/** How an instance is wanted to be on this host. */
enum DesiredState {
  /** An older run is being ended to make way for a new one. */
  STARTING,
  RUNNING,
  PAUSED,
  /** Nothing of it may run. */
  NOTHING
}
