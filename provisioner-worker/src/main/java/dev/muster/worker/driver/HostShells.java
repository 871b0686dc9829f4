package dev.muster.worker.driver;

/** The way into the instances of a host. As safe as its {@link HostDriver}, and fails as that. */
public interface HostShells {

  /**
   * Opens a shell in an instance that advances: in its folder, with its environment. What runs in
   * it is paused and ended with the instance, and is no part of its run: the run ends without it.
   */
  ShellResult open(String instanceId, ShellRequest request) throws InterruptedException;
}
