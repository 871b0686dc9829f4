package dev.muster.worker.inbox;

import dev.muster.events.instance.InstanceEvent.CreationRequested;
import dev.muster.events.instance.InstanceEvent.DeletionRequested;
import dev.muster.events.instance.InstanceEvent.PauseRequested;
import dev.muster.events.instance.InstanceEvent.Requested;
import dev.muster.events.instance.InstanceEvent.RestartRequested;
import dev.muster.events.instance.InstanceEvent.ResumeRequested;
import dev.muster.events.instance.InstanceSpec;
import dev.muster.worker.driver.Action;
import dev.muster.worker.driver.ActionResult;
import dev.muster.worker.driver.ActionResult.Done;
import dev.muster.worker.driver.ActionResult.Refused;
import dev.muster.worker.driver.ActionResult.Superseded;
import dev.muster.worker.driver.HostFaultException;
import dev.muster.worker.driver.Task;
import dev.muster.worker.host.Host;
import dev.muster.worker.inbox.RegionTask.Asked;
import dev.muster.worker.inbox.RegionTask.CleanUp;
import dev.muster.worker.placement.Placement;
import dev.muster.worker.placement.PlacementResult;
import dev.muster.worker.report.OutcomeReporter;
import java.time.InstantSource;

/** Does what an event asks for and reports what came of it. Returns when the platform knows. */
public final class TaskHandler {

  private final Placement placement;
  private final TaskReports reports;
  private final InstantSource clock;
  private final InstanceRemoval removal;

  /**
   * @param clock deadlines are by that
   */
  public TaskHandler(
      Placement placement, OutcomeReporter reporter, TaskCounter counter, InstantSource clock) {
    this.placement = placement;
    this.reports = new TaskReports(reporter, counter);
    this.clock = clock;
    this.removal = new InstanceRemoval(placement, reports);
  }

  void handle(RegionTask work) throws InterruptedException {
    switch (work) {
      case Asked asked when asked.event() instanceof DeletionRequested delete ->
          removal.delete(asked, delete);
      case Asked asked when asked.event().deadline().isBefore(clock.instant()) -> late(asked);
      case Asked asked -> act(asked);
      case CleanUp cleanUp -> removal.cleanUp(cleanUp);
    }
  }

  void announce(Asked asked) {
    if (asked.event() instanceof DeletionRequested delete) {
      removal.announce(asked, delete);
    }
  }

  private void late(Asked asked) throws InterruptedException {
    var event = asked.event();
    var hosts = placement.everywhere(event.region(), event.instanceId(), event.host());
    for (var host : hosts) {
      if (isAsAsked(event, host)) {
        act(asked, host);
        return;
      }
    }
    reports.late(asked, hosts);
  }

  /**
   * Whether the host has a pause or resume already. A worker that died has done it, or has begun
   * to, and the platform does not know.
   */
  private static boolean isAsAsked(Requested event, Host host) {
    var driver = host.driver();
    return switch (event.kind()) {
      case PAUSE -> driver.keepsPaused(event.instanceId());
      case RESUME -> driver.knows(event.instanceId()) && !driver.keepsPaused(event.instanceId());
      case CREATE, RESTART, DELETE -> false;
    };
  }

  private void act(Asked asked) throws InterruptedException {
    var event = asked.event();
    PlacementResult placed;
    try {
      placed = TaskRetries.of(asked, event.deadline(), clock, () -> place(event));
    } catch (HostFaultException e) {
      placed = new PlacementResult.Nowhere(String.valueOf(e.getMessage()));
    }
    switch (placed) {
      case PlacementResult.At(var host) -> act(asked, host);
      case PlacementResult.Nowhere(var reason) -> reports.refused(asked, event.host(), reason);
    }
  }

  private PlacementResult place(Requested event) {
    return switch (event) {
      case CreationRequested create -> forStart(create, create.spec());
      case RestartRequested restart -> forStart(restart, restart.spec());
      case PauseRequested _, ResumeRequested _, DeletionRequested _ ->
          placement.whereItIs(event.region(), event.instanceId(), event.host());
    };
  }

  private PlacementResult forStart(Requested event, InstanceSpec spec) {
    return placement.forStart(spec, event.instanceId(), event.operationId(), event.host());
  }

  private void act(Asked asked, Host host) throws InterruptedException {
    var event = asked.event();
    var task = new Task(event.instanceId(), event.operationId(), asked.sequence(), action(event));
    ActionResult result;
    try {
      result = TaskRetries.of(asked, event.deadline(), clock, () -> host.driver().perform(task));
    } catch (HostFaultException e) {
      reports.failed(asked, host, e);
      return;
    }
    switch (result) {
      case Done _ -> reports.succeeded(asked, host);
      case Refused(var reason) -> reports.refused(asked, host.name(), reason);
      case Superseded _ -> reports.superseded(asked, host);
    }
  }

  private static Action action(Requested event) {
    return switch (event) {
      case CreationRequested create -> new Action.Start(create.spec());
      case RestartRequested restart -> new Action.Start(restart.spec());
      case PauseRequested _ -> new Action.Pause();
      case ResumeRequested _ -> new Action.Resume();
      case DeletionRequested _ -> new Action.Remove();
    };
  }
}
