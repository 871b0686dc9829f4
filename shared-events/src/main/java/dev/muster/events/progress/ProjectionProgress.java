package dev.muster.events.progress;

import java.util.Map;

/**
 * How far the read side has come in one partition of {@code instance-events}: everything up to
 * {@code position} can be read.
 *
 * @param partition of the topic
 * @param position global position of the newest event that can be read
 * @param versions the instances that changed in this step, and the version that can be read now
 */
public record ProjectionProgress(int partition, long position, Map<String, Long> versions) {

  public ProjectionProgress {
    versions = Map.copyOf(versions);
  }
}
