package dev.muster.worker.inbox;

import dev.muster.events.instance.InstanceEvent.CreationRequested;
import dev.muster.events.instance.InstanceEvent.DeletionRequested;
import dev.muster.events.instance.InstanceEvent.PauseRequested;
import dev.muster.events.instance.InstanceEvent.Requested;
import dev.muster.events.instance.InstanceEvent.RestartRequested;
import dev.muster.events.instance.InstanceEvent.ResumeRequested;
import dev.muster.worker.driver.Action;
import dev.muster.worker.driver.ActionResult.Done;
import dev.muster.worker.driver.ActionResult.Refused;
import dev.muster.worker.driver.ActionResult.Superseded;
import dev.muster.worker.driver.HostFaultException;
import dev.muster.worker.driver.Task;
import dev.muster.worker.host.Host;
import dev.muster.worker.inbox.Work.Asked;
import dev.muster.worker.inbox.Work.CleanUp;
import dev.muster.worker.placement.Placement;
import dev.muster.worker.placement.Spot;
import dev.muster.worker.report.OutcomeReporter;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does what an event asks for and reports what came of it. Returns when the platform knows. */
public final class TaskHandler {

  private static final Logger log = LoggerFactory.getLogger(TaskHandler.class);

  private final Placement placement;
  private final OutcomeReporter reporter;

  public TaskHandler(Placement placement, OutcomeReporter reporter) {
    this.placement = placement;
    this.reporter = reporter;
  }

  void handle(Work work) throws InterruptedException {
    switch (work) {
      case Asked asked when asked.event() instanceof DeletionRequested delete ->
          delete(asked, delete);
      case Asked asked when asked.event().deadline().isBefore(Instant.now()) -> late(asked);
      case Asked asked -> act(asked);
      case CleanUp cleanUp -> cleanUp(cleanUp);
    }
  }

  private void act(Asked asked) throws InterruptedException {
    var event = asked.event();
    try {
      var spot = Attempts.of(asked, event.deadline(), () -> spot(event));
      switch (spot) {
        case Spot.At(var host) -> act(asked, host);
        case Spot.Nowhere(var reason) -> refused(asked, event.host(), reason);
      }
    } catch (HostFaultException e) {
      refused(asked, event.host(), String.valueOf(e.getMessage()));
    }
  }

  private Spot spot(Requested event) {
    return switch (event.kind()) {
      case CREATE, RESTART ->
          placement.forStart(event.region(), event.instanceId(), event.operationId(), event.host());
      case PAUSE, RESUME, DELETE ->
          placement.whereItIs(event.region(), event.instanceId(), event.host());
    };
  }

  private void act(Asked asked, Host host) throws InterruptedException {
    var event = asked.event();
    var task = task(asked, event.operationId(), action(event));
    try {
      switch (Attempts.of(asked, event.deadline(), () -> host.driver().perform(task))) {
        case Done _ -> succeeded(asked, host);
        case Refused(var reason) -> refused(asked, host.name(), reason);
        case Superseded _ -> superseded(asked, host);
      }
    } catch (HostFaultException e) {
      refused(asked, host.name(), "host %s failed, %s".formatted(host.name(), e.getMessage()));
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

  private void succeeded(Asked asked, Host host) throws InterruptedException {
    var event = asked.event();
    reporter.succeeded(event, host.name());
    log.info(
        "done kind={} instance_id={} operation_id={} request_id={} host={}",
        event.kind(),
        event.instanceId(),
        event.operationId(),
        asked.requestId(),
        host.name());
    markReported(asked, List.of(host));
  }

  private void refused(Asked asked, @Nullable String host, String reason)
      throws InterruptedException {
    var event = asked.event();
    log.warn(
        "refused kind={} instance_id={} operation_id={} request_id={} host={} reason=\"{}\"",
        event.kind(),
        event.instanceId(),
        event.operationId(),
        asked.requestId(),
        host,
        reason);
    reporter.refused(event, host, reason);
  }

  private static void superseded(Work work, Host host) {
    log.info(
        "a later task came first, nothing done instance_id={} request_id={} host={}",
        work.instanceId(),
        work.requestId(),
        host.name());
  }

  /**
   * The platform has given the operation up, or will in a moment. Unless it was done in time, and
   * the worker that did it died before it could note that its report had arrived.
   */
  private void late(Asked asked) throws InterruptedException {
    var event = asked.event();
    log.debug(
        "past its deadline, not acted upon instance_id={} request_id={}",
        event.instanceId(),
        asked.requestId());
    markReported(asked, placement.everywhere(event.region(), event.instanceId(), event.host()));
  }

  private static void markReported(Asked asked, List<Host> hosts) throws InterruptedException {
    var event = asked.event();
    if (!(event instanceof CreationRequested || event instanceof RestartRequested)) {
      return;
    }
    for (var host : hosts) {
      Attempts.of(
          asked,
          Instant.MAX,
          () -> {
            host.driver().startReported(event.instanceId(), event.operationId());
            return true;
          });
    }
  }

  private void delete(Asked asked, DeletionRequested event) throws InterruptedException {
    var hosts = placement.everywhere(event.region(), event.instanceId(), event.host());
    if (hosts.isEmpty()) {
      refused(asked, event.host(), "host %s is not configured".formatted(event.host()));
      return;
    }
    var task = task(asked, event.operationId(), new Action.Remove());
    for (var host : hosts) {
      if (!removed(asked, host, task)) {
        return;
      }
    }
    succeeded(asked, hosts.getFirst());
  }

  /** False when it was not, and that was said. */
  private boolean removed(Asked asked, Host host, Task task) throws InterruptedException {
    try {
      switch (Attempts.of(asked, Instant.MAX, () -> host.driver().perform(task))) {
        case Done _ -> {
          return true;
        }
        case Refused(var reason) -> refused(asked, host.name(), reason);
        case Superseded _ -> superseded(asked, host);
      }
    } catch (HostFaultException e) {
      refused(asked, host.name(), "host %s failed, %s".formatted(host.name(), e.getMessage()));
    }
    return false;
  }

  private void cleanUp(CleanUp cleanUp) throws InterruptedException {
    var event = cleanUp.event();
    var task = task(cleanUp, event.operationId(), new Action.Clear());
    for (var host : placement.everywhere(event.region(), event.instanceId(), event.host())) {
      try {
        Attempts.of(cleanUp, Instant.MAX, () -> host.driver().perform(task));
      } catch (HostFaultException e) {
        log.error(
            "what may be left of a failed operation cannot be cleared, delete the instance"
                + " instance_id={} request_id={} host={}",
            cleanUp.instanceId(),
            cleanUp.requestId(),
            host.name(),
            e);
      }
    }
  }

  private static Task task(Work work, String operationId, Action action) {
    return new Task(work.instanceId(), operationId, work.sequence(), action);
  }
}
