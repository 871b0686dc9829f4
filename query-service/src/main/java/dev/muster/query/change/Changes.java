package dev.muster.query.change;

import dev.muster.events.codec.Json;
import dev.muster.events.kafka.Topics;
import dev.muster.events.progress.ProjectionProgress;
import dev.muster.kafka.topic.CompactedTopicTable;
import dev.muster.web.waiting.VersionWaiters;
import org.springframework.stereotype.Component;

/** Tells those who wait for an instance that a newer version of it can be read. */
@Component
final class Changes implements CompactedTopicTable {

  private final VersionWaiters waiters;

  Changes(VersionWaiters waiters) {
    this.waiters = waiters;
  }

  @Override
  public String topic() {
    return Topics.PROJECTION_PROGRESS;
  }

  @Override
  public void put(String key, byte[] value, long offset) {
    Json.read(value, ProjectionProgress.class).versions().forEach(waiters::hear);
  }

  @Override
  public void remove(String key) {}

  @Override
  public void clear() {}
}
