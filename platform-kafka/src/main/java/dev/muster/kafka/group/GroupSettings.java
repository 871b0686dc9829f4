package dev.muster.kafka.group;

import java.time.Duration;
import java.util.List;

/**
 * How a group shares topics.
 *
 * @param clientId of this member's consumer
 * @param tasksAtOnce that this member works on
 * @param tasksInHand that it takes at most, those that wait included
 * @param handOver how long a partition that goes to another member waits for what has begun of it
 * @param lastPatience how long what has begun is waited for after a failure
 * @param pollAtRest how long a poll may take while there is nothing to do
 */
public record GroupSettings(
    String group,
    String clientId,
    List<String> topics,
    int tasksAtOnce,
    int tasksInHand,
    Duration handOver,
    Duration lastPatience,
    Duration pollAtRest) {

  public GroupSettings {
    topics = List.copyOf(topics);
  }
}
