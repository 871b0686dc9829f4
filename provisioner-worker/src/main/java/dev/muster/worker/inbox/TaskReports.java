package dev.muster.worker.inbox;

import dev.muster.events.instance.InstanceEvent.CreationRequested;
import dev.muster.events.instance.InstanceEvent.RestartRequested;
import dev.muster.worker.driver.HostFaultException;
import dev.muster.worker.host.Host;
import dev.muster.worker.inbox.RegionTask.Asked;
import dev.muster.worker.inbox.TaskCounter.Result;
import dev.muster.worker.report.OutcomeReporter;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says what came of tasks: to the platform, to the log, and to the host that has to know. */
final class TaskReports {

  private static final Logger log = LoggerFactory.getLogger(TaskReports.class);

  private final OutcomeReporter reporter;
  private final TaskCounter counter;

  TaskReports(OutcomeReporter reporter, TaskCounter counter) {
    this.reporter = reporter;
    this.counter = counter;
  }

  void succeeded(Asked asked, Host host) throws InterruptedException {
    var event = asked.event();
    reporter.succeeded(event, host.name());
    counter.count(asked.kind(), Result.SUCCEEDED);
    log.info(
        "done kind={} instance_id={} operation_id={} request_id={} host={}",
        event.kind(),
        event.instanceId(),
        event.operationId(),
        asked.requestId(),
        host.name());
    startIsKnown(asked, List.of(host));
  }

  void refused(Asked asked, @Nullable String host, String reason) throws InterruptedException {
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
    counter.count(asked.kind(), Result.REFUSED);
  }

  void failed(Asked asked, Host host, RuntimeException fault) throws InterruptedException {
    refused(asked, host.name(), "host %s failed, %s".formatted(host.name(), fault.getMessage()));
  }

  /** Nobody waits for it any more, so nothing is reported. */
  void superseded(RegionTask work, Host host) {
    counter.count(work.kind(), Result.SUPERSEDED);
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
  void late(Asked asked, List<Host> hosts) throws InterruptedException {
    counter.count(asked.kind(), Result.LATE);
    log.info(
        "past its deadline, not acted upon kind={} instance_id={} request_id={} deadline={}",
        asked.kind(),
        asked.instanceId(),
        asked.requestId(),
        asked.event().deadline());
    startIsKnown(asked, hosts);
  }

  private static void startIsKnown(Asked asked, List<Host> hosts) throws InterruptedException {
    var event = asked.event();
    if (!(event instanceof CreationRequested || event instanceof RestartRequested)) {
      return;
    }
    for (var host : hosts) {
      try {
        TaskRetries.of(
            asked,
            Instant.MAX,
            () -> {
              host.driver().startReported(event.instanceId(), event.operationId());
              return true;
            });
      } catch (HostFaultException e) {
        log.error(
            "a host cannot note a start, so the run's end will not be told, restart the instance"
                + " instance_id={} request_id={} host={}",
            event.instanceId(),
            asked.requestId(),
            host.name(),
            e);
      }
    }
  }
}
