package dev.muster.worker.inbox;

import dev.muster.events.instance.InstanceEvent.DeletionRequested;
import dev.muster.worker.driver.Action;
import dev.muster.worker.driver.ActionResult.Done;
import dev.muster.worker.driver.ActionResult.Refused;
import dev.muster.worker.driver.ActionResult.Superseded;
import dev.muster.worker.driver.HostFaultException;
import dev.muster.worker.driver.Task;
import dev.muster.worker.host.Host;
import dev.muster.worker.inbox.RegionTask.Asked;
import dev.muster.worker.inbox.RegionTask.CleanUp;
import dev.muster.worker.placement.Placement;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes instances away, from every host that may hold something of them. No deadline ends it. */
final class InstanceRemoval {

  private static final Logger log = LoggerFactory.getLogger(InstanceRemoval.class);

  private final Placement placement;
  private final TaskReports reports;

  InstanceRemoval(Placement placement, TaskReports reports) {
    this.placement = placement;
    this.reports = reports;
  }

  void delete(Asked asked, DeletionRequested event) throws InterruptedException {
    var hosts = placement.everywhere(event.region(), event.instanceId(), event.host());
    if (hosts.isEmpty()) {
      reports.refused(
          asked, event.host(), "host %s is not configured here".formatted(event.host()));
      return;
    }
    var task =
        new Task(event.instanceId(), event.operationId(), asked.sequence(), new Action.Remove());
    for (var host : hosts) {
      if (!removed(asked, host, task)) {
        return;
      }
    }
    reports.succeeded(asked, hosts.getFirst());
  }

  /** Keeps hosts from beginning a run that the delete would have to end. */
  void announce(Asked asked, DeletionRequested event) {
    try {
      placement
          .everywhere(event.region(), event.instanceId(), event.host())
          .forEach(host -> host.driver().fence(event.instanceId(), asked.sequence()));
    } catch (HostFaultException e) {
      log.debug("a delete is not announced instance_id={}", event.instanceId(), e);
    }
  }

  /** False when it was not, and that was said. */
  private boolean removed(Asked asked, Host host, Task task) throws InterruptedException {
    try {
      switch (TaskRetries.of(asked, Instant.MAX, () -> host.driver().perform(task))) {
        case Done _ -> {
          return true;
        }
        case Refused(var reason) -> reports.refused(asked, host.name(), reason);
        case Superseded _ -> reports.superseded(asked, host);
      }
    } catch (HostFaultException e) {
      reports.failed(asked, host, e);
    }
    return false;
  }

  /**
   * Clears every host that works.
   *
   * @throws HostFaultException when one did not
   */
  void cleanUp(CleanUp work) throws InterruptedException {
    HostFaultException failure = null;
    var event = work.event();
    var task =
        new Task(event.instanceId(), event.operationId(), work.sequence(), new Action.Clear());
    for (var host : placement.everywhere(event.region(), event.instanceId(), event.host())) {
      try {
        host.driver().perform(task);
      } catch (HostFaultException e) {
        log.error(
            "what may be left of a failed operation cannot be cleared now, see to the host"
                + " instance_id={} request_id={} host={}",
            work.instanceId(),
            work.requestId(),
            host.name(),
            e);
        failure = e;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
