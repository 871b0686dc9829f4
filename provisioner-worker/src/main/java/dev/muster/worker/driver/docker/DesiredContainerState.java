package dev.muster.worker.driver.docker;

/** How an instance is to be on its host. */
enum DesiredContainerState {
  /** Nothing of it runs. */
  NOTHING,
  /** It has its place, and its run is not there yet. */
  STARTING,
  RUNNING,
  PAUSED,
  /** Nothing is left but what it printed, until that was taken, and the fence. */
  REMOVED;

  boolean isRun() {
    return this == RUNNING || this == PAUSED;
  }
}
