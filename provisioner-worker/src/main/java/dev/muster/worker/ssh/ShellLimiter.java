package dev.muster.worker.ssh;

import dev.muster.worker.driver.HostFaultException;
import dev.muster.worker.driver.ShellRequest;
import dev.muster.worker.driver.ShellResult;
import dev.muster.worker.driver.ShellResult.NoShell;
import dev.muster.worker.host.HostDirectory;
import java.util.concurrent.Semaphore;

/** Opens shells on the hosts of this worker, so many at a time. */
final class ShellLimiter {

  private final HostDirectory hosts;
  private final int most;
  private final Semaphore places;

  ShellLimiter(HostDirectory hosts, int most) {
    this.hosts = hosts;
    this.most = most;
    this.places = new Semaphore(most);
  }

  /** The place of a shell that was opened is free again once the shell has ended. */
  ShellResult open(String instanceId, ShellRequest request) throws InterruptedException {
    if (!places.tryAcquire()) {
      return new NoShell("%d shells are open here, and no more may be".formatted(most));
    }
    var opened = false;
    try {
      var result = on(instanceId, request);
      if (result instanceof ShellResult.Opened it) {
        opened = true;
        it.shell().exit().whenComplete((_, _) -> places.release());
      }
      return result;
    } catch (HostFaultException e) {
      return new NoShell("the host does not work as it should, try again: " + e.getMessage());
    } finally {
      if (!opened) {
        places.release();
      }
    }
  }

  private ShellResult on(String instanceId, ShellRequest request) throws InterruptedException {
    HostFaultException away = null;
    for (var host : hosts.all()) {
      try {
        if (host.driver().knows(instanceId)) {
          var shells = host.driver().shells();
          return shells.isPresent()
              ? shells.get().open(instanceId, request)
              : new NoShell("a %s host has no shell".formatted(host.kind()));
        }
      } catch (HostFaultException e) {
        // It may be on another one.
        away = e;
      }
    }
    if (away != null) {
      throw away;
    }
    return new NoShell("no host of this worker has it");
  }
}
