package dev.muster.worker.inbox;

import java.util.Map;

/**
 * What the inbox of one region has at the moment.
 *
 * @param partitions of {@code instance-events} by number
 * @param tasks taken and not yet reported on
 */
public record Holding(String region, Map<Integer, Standing> partitions, int tasks) {

  public Holding {
    partitions = Map.copyOf(partitions);
  }
}
