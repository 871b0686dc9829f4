package dev.muster.worker.report;

import dev.muster.events.codec.OutcomeRecords;
import dev.muster.events.instance.Ids;
import dev.muster.events.instance.InstanceEvent.Requested;
import dev.muster.events.outcome.Outcome;
import dev.muster.events.outcome.Outcome.OperationRefused;
import dev.muster.events.outcome.Outcome.OperationSucceeded;
import dev.muster.events.outcome.Outcome.RunEnded;
import dev.muster.worker.driver.Observation.Ended;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the platform what came of things. Returns when it is known there. */
public final class OutcomeReporter {

  private static final Logger log = LoggerFactory.getLogger(OutcomeReporter.class);

  private final Publisher publisher;
  private final String worker;

  public OutcomeReporter(Publisher publisher, String worker) {
    this.publisher = publisher;
    this.worker = worker;
  }

  public void succeeded(Requested asked, String host) throws InterruptedException {
    report(
        new OperationSucceeded(
            Ids.newOutcome(),
            asked.instanceId(),
            asked.operationId(),
            asked.kind(),
            host,
            worker,
            now()));
  }

  /** The host, or the lack of one, is the reason. */
  public void refused(Requested asked, @Nullable String host, String reason)
      throws InterruptedException {
    report(
        new OperationRefused(
            Ids.newOutcome(),
            asked.instanceId(),
            asked.operationId(),
            asked.kind(),
            host,
            Reasons.shortened(reason),
            worker,
            now()));
  }

  public void ended(Ended run, String host) throws InterruptedException {
    report(
        new RunEnded(
            Ids.newOutcome(),
            run.instanceId(),
            run.runId(),
            host,
            run.exitCode(),
            Reasons.shortened(run.reason()),
            worker,
            now()));
  }

  private void report(Outcome outcome) throws InterruptedException {
    try {
      publisher.publish(OutcomeRecords.write(outcome));
    } catch (RecordTooLargeException e) {
      log.error(
          "an outcome is too large for the broker and is dropped, raise its message.max.bytes"
              + " instance_id={}",
          outcome.instanceId(),
          e);
    }
  }

  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MICROS);
  }
}
