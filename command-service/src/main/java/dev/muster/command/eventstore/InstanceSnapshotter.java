package dev.muster.command.eventstore;

import dev.muster.events.codec.EventCodec;
import dev.muster.events.instance.InstanceState;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.axonframework.eventsourcing.Snapshotter;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork.Phase;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Folds instances with a long history, on a thread of its own, from what is stored. */
final class InstanceSnapshotter implements Snapshotter, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(InstanceSnapshotter.class);

  private static final int WAITING_AT_MOST = 1_000;

  private final RecordedEvents events;
  private final Snapshots snapshots;
  private final EventCodec codec = new EventCodec();
  private final Set<String> underWay = ConcurrentHashMap.newKeySet();

  private final ExecutorService worker;

  InstanceSnapshotter(RecordedEvents events, Snapshots snapshots) {
    this(events, snapshots, worker(WAITING_AT_MOST));
  }

  /**
   * @param worker may reject what is too much
   */
  InstanceSnapshotter(RecordedEvents events, Snapshots snapshots, ExecutorService worker) {
    this.events = events;
    this.snapshots = snapshots;
    this.worker = worker;
  }

  static ThreadPoolExecutor worker(int waitingAtMost) {
    return new ThreadPoolExecutor(
        1,
        1,
        0,
        TimeUnit.SECONDS,
        new ArrayBlockingQueue<>(waitingAtMost),
        Thread.ofPlatform().name("instance-snapshotter").daemon(true).factory());
  }

  @Override
  public void scheduleSnapshot(Class<?> aggregateType, String instanceId) {
    // Axon also asks while it tidies up after a commit, when nothing is called any more.
    if (CurrentUnitOfWork.isStarted() && CurrentUnitOfWork.get().phase().isBefore(Phase.COMMIT)) {
      CurrentUnitOfWork.get().afterCommit(_ -> schedule(instanceId));
    } else {
      schedule(instanceId);
    }
  }

  @Override
  public void close() {
    worker.shutdownNow();
  }

  private void schedule(String instanceId) {
    if (!underWay.add(instanceId)) {
      return;
    }
    try {
      worker.execute(() -> fold(instanceId));
    } catch (RejectedExecutionException e) {
      underWay.remove(instanceId);
      log.debug(
          "snapshot_put_off instance_id={}: its next hundred events ask again", instanceId, e);
    }
  }

  private void fold(String instanceId) {
    try {
      @Nullable InstanceState state = snapshots.find(instanceId).orElse(null);
      for (var event : events.after(instanceId, state == null ? 0 : state.version())) {
        state = InstanceState.fold(state, codec.decode(event.encoded()));
      }
      if (state != null) {
        snapshots.keep(state);
      }
    } catch (RuntimeException e) {
      log.warn(
          "snapshot_failed instance_id={}: loading it stays slow until the next", instanceId, e);
    } finally {
      underWay.remove(instanceId);
    }
  }
}
