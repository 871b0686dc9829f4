package dev.muster.worker.inbox;

import dev.muster.kafka.group.PartitionProgress;
import java.util.Map;

/**
 * What the inbox of one region has at the moment.
 *
 * @param partitions of {@code instance-events} by number
 * @param tasks taken and not yet reported on
 */
public record InboxStatus(String region, Map<Integer, PartitionProgress> partitions, int tasks) {

  public InboxStatus {
    partitions = Map.copyOf(partitions);
  }
}
