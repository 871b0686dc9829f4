package dev.muster.command.progress;

import dev.muster.events.progress.ProjectionProgress;
import dev.muster.kafka.producer.KeyPartition;
import dev.muster.web.waiting.TooManyWaitersException;
import dev.muster.web.waiting.VersionWaiter;
import dev.muster.web.waiting.VersionWaiters;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** How far the read side has come, as far as this replica has heard. */
@Component
public final class ReadSide {

  private final Map<Integer, Long> positions = new ConcurrentHashMap<>();
  private final VersionWaiters waiters;
  private volatile int partitions;

  ReadSide(VersionWaiters waiters) {
    this.waiters = waiters;
  }

  /**
   * From now on, what is heard of the instance is kept for the caller. To be called before the
   * command is given, so that nothing is missed.
   *
   * @throws TooManyWaitersException when there is no room for another
   */
  public VersionWaiter watch(String instanceId) {
    return waiters.watch(instanceId);
  }

  /** Whether the event at that global position, of that instance, can be read. */
  public boolean shows(String instanceId, long position) {
    var count = partitions;
    if (count == 0) {
      return false;
    }
    var reached = positions.get(KeyPartition.of(instanceId, count));
    return reached != null && reached >= position;
  }

  void partitions(int count) {
    partitions = count;
  }

  void hear(ProjectionProgress progress) {
    positions.put(progress.partition(), progress.position());
    progress.versions().forEach(waiters::hear);
  }
}
