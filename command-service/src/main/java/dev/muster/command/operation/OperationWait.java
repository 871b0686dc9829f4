package dev.muster.command.operation;

import dev.muster.command.eventstore.AppendListener;
import dev.muster.command.eventstore.RecordedEvents;
import dev.muster.command.operation.OperationEnd.Failed;
import dev.muster.command.operation.OperationEnd.Pending;
import dev.muster.command.operation.OperationEnd.Succeeded;
import dev.muster.events.codec.EventCodec;
import dev.muster.events.envelope.RecordedEvent;
import dev.muster.events.instance.InstanceEvent.OperationFailed;
import dev.muster.events.instance.InstanceEvent.Settled;
import dev.muster.web.waiting.VersionWaiter;
import dev.muster.web.waiting.VersionWaiters;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Waits for what comes of an operation: woken when this replica has stored it, or when the read
 * side shows it, and told by the store.
 */
@Component
public final class OperationWait implements AppendListener {

  /** Another replica may store it while the read side is away; then nothing wakes this one. */
  private static final Duration FIRST_LOOK = Duration.ofSeconds(1);

  private final EventCodec codec = new EventCodec();
  private final RecordedEvents events;
  private final VersionWaiters waiters;

  OperationWait(RecordedEvents events, VersionWaiters waiters) {
    this.events = events;
    this.waiters = waiters;
  }

  @Override
  public void appended(String instanceId, long sequence) {
    waiters.store(instanceId, sequence);
  }

  /**
   * @param version of the instance when the operation was already under way
   */
  public OperationEnd await(VersionWaiter waiter, String operationId, long version, Duration atMost)
      throws InterruptedException {
    var until = System.nanoTime() + atMost.toNanos();
    var known = version;
    for (var look = FIRST_LOOK; true; look = look.multipliedBy(2)) {
      var left = Duration.ofNanos(Math.max(0, until - System.nanoTime()));
      waiter.awaitStored(known + 1, left.compareTo(look) < 0 ? left : look);
      var news = events.after(waiter.id(), known);
      var end = end(news, operationId);
      if (end.isPresent()) {
        return end.get();
      }
      known = news.isEmpty() ? known : news.getLast().sequence();
      if (System.nanoTime() >= until || waiter.isOver()) {
        return new Pending(known);
      }
    }
  }

  /**
   * How it ended, as far as it has.
   *
   * @param version of the instance after which it began
   */
  public Optional<OperationEnd> ended(String instanceId, String operationId, long version) {
    return end(events.after(instanceId, version), operationId);
  }

  private Optional<OperationEnd> end(List<RecordedEvent> news, String operationId) {
    for (var recorded : news) {
      if (codec.decode(recorded.encoded()) instanceof Settled settled
          && settled.operationId().equals(operationId)) {
        return Optional.of(
            settled instanceof OperationFailed failed
                ? new Failed(recorded.sequence(), failed.code(), failed.reason())
                : new Succeeded(recorded.sequence()));
      }
    }
    return Optional.empty();
  }
}
