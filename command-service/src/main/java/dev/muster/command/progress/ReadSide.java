package dev.muster.command.progress;

import dev.muster.events.progress.ProjectionProgress;
import dev.muster.web.waiting.Interest;
import dev.muster.web.waiting.TooManyWaitException;
import dev.muster.web.waiting.WaitingRoom;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.springframework.stereotype.Component;

/** How far the read side has come, as far as this replica has heard. */
@Component
public final class ReadSide {

  private final Map<Integer, Long> positions = new ConcurrentHashMap<>();
  private final WaitingRoom room;
  private volatile int partitions;

  ReadSide(WaitingRoom room) {
    this.room = room;
  }

  /**
   * From now on, what is heard of the instance is kept for the caller. To be called before the
   * command is given, so that nothing is missed.
   *
   * @throws TooManyWaitException when there is no room for another
   */
  public Interest watch(String instanceId) {
    return room.watch(instanceId);
  }

  /** Whether the event at that global position, of that instance, can be read. */
  public boolean shows(String instanceId, long position) {
    var count = partitions;
    if (count == 0) {
      return false;
    }
    var key = instanceId.getBytes(StandardCharsets.UTF_8);
    var reached = positions.get(BuiltInPartitioner.partitionForKey(key, count));
    return reached != null && reached >= position;
  }

  void partitions(int count) {
    partitions = count;
  }

  void hear(ProjectionProgress progress) {
    positions.put(progress.partition(), progress.position());
    progress.versions().forEach(room::hear);
  }
}
