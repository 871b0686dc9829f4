package dev.muster.worker.inbox;

import dev.muster.kafka.group.RecordTask;
import dev.muster.worker.driver.HostFaultException;
import dev.muster.worker.inbox.Delivery.Readable;
import dev.muster.worker.inbox.Delivery.Unreadable;
import dev.muster.worker.inbox.TaskCounter.Result;
import dev.muster.worker.report.DeadLetterReporter;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sees to deliveries. What cannot be handled after some tries is put aside as a dead letter. */
final class DeliveryHandler {

  private static final Logger log = LoggerFactory.getLogger(DeliveryHandler.class);

  private final TaskHandler handler;
  private final DeadLetterReporter letters;
  private final TaskCounter counter;
  private final String group;

  DeliveryHandler(
      TaskHandler handler, DeadLetterReporter letters, TaskCounter counter, String group) {
    this.handler = handler;
    this.letters = letters;
    this.counter = counter;
    this.group = group;
  }

  /** What a member of the group has to do about it. */
  RecordTask task(Delivery delivery) {
    return new DeliveryTask(delivery, this);
  }

  private record DeliveryTask(Delivery delivery, DeliveryHandler handler) implements RecordTask {

    @Override
    public String key() {
      return delivery.key();
    }

    @Override
    public void waits() {
      handler.announce(delivery);
    }

    @Override
    public void run() throws InterruptedException {
      try {
        handler.handle(delivery);
      } catch (RuntimeException | Error e) { // it would fail again, and the others wait
        log.error(
            "a record could neither be handled nor put aside and is skipped instance_id={} topic={}"
                + " partition={} offset={}",
            delivery.record().key(),
            delivery.record().topic(),
            delivery.record().partition(),
            delivery.record().offset(),
            e);
      }
    }
  }

  /** Returns when the platform knows what came of it. */
  private void handle(Delivery delivery) throws InterruptedException {
    switch (delivery) {
      case Readable(_, _, var work) -> {
        try {
          TaskRetries.of(
              work,
              Instant.MAX,
              () -> {
                handler.handle(work);
                return true;
              });
        } catch (HostFaultException e) {
          putAside(delivery, work.kind(), String.valueOf(e.getMessage()), TaskRetries.LIMIT);
        }
      }
      case Unreadable(_, _, var reason) -> putAside(delivery, "unreadable", reason, 1);
    }
  }

  /** It waits for an earlier one, which need not begin what this one would undo. */
  private void announce(Delivery delivery) {
    if (delivery instanceof Readable(_, _, RegionTask.Asked asked)) {
      handler.announce(asked);
    }
  }

  private void putAside(Delivery delivery, String kind, String reason, int tries)
      throws InterruptedException {
    var record = delivery.record();
    log.error(
        "a record cannot be handled and is put aside as a dead letter, mend the cause and retry the"
            + " letter"
            + " kind={} instance_id={} topic={} partition={} offset={} reason=\"{}\"",
        kind,
        record.key(),
        record.topic(),
        record.partition(),
        record.offset(),
        reason);
    letters.putAside(group, record, reason, delivery.triesBefore() + tries);
    counter.count(kind, Result.DEAD_LETTER);
  }
}
