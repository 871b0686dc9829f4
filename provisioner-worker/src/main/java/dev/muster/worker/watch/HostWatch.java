package dev.muster.worker.watch;

import dev.muster.worker.driver.HostFaultException;
import dev.muster.worker.driver.Observation;
import dev.muster.worker.host.Host;
import dev.muster.worker.report.OutcomeReporter;
import dev.muster.worker.report.Publisher;
import java.time.Duration;
import java.util.HashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks after one host while this worker holds the lease on it. One look at a time. */
final class HostWatch {

  private static final Logger log = LoggerFactory.getLogger(HostWatch.class);

  private final Host host;
  private final OutcomeReporter reporter;
  private final long healthInterval;
  private final HostHealth health;
  private volatile long nextReconcile = System.nanoTime();

  HostWatch(Host host, OutcomeReporter reporter, Publisher publisher, Duration healthInterval) {
    this.host = host;
    this.reporter = reporter;
    this.healthInterval = healthInterval.toNanos();
    this.health = new HostHealth(host, publisher, healthInterval);
  }

  /** Reports what has ended and how the rest is. A host that does not work is left for later. */
  synchronized void look() throws InterruptedException {
    try {
      var alive = new HashMap<String, String>();
      for (var seen : host.driver().observe()) {
        switch (seen) {
          case Observation.Alive(var instanceId, var runId) -> alive.put(instanceId, runId);
          case Observation.Ended ended -> report(ended);
        }
      }
      health.look(alive);
    } catch (HostFaultException e) {
      log.error("a host cannot be watched, see to it host={}", host.name(), e);
    }
  }

  boolean isReconcileDue() {
    return System.nanoTime() - nextReconcile >= 0;
  }

  /** Ends what should not run; may take as long as that has to end, so no look waits for it. */
  void reconcile() throws InterruptedException {
    nextReconcile = System.nanoTime() + healthInterval;
    try {
      host.driver().reconcile();
    } catch (HostFaultException e) {
      log.error("a host cannot be reconciled, see to it host={}", host.name(), e);
    }
  }

  private void report(Observation.Ended ended) throws InterruptedException {
    reporter.ended(ended, host.name());
    host.driver().endReported(ended.instanceId(), ended.runId());
    log.info(
        "ended by itself instance_id={} run_id={} host={} exit_code={}",
        ended.instanceId(),
        ended.runId(),
        host.name(),
        ended.exitCode());
  }
}
