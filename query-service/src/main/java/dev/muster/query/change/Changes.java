package dev.muster.query.change;

import dev.muster.events.codec.Json;
import dev.muster.events.kafka.Topics;
import dev.muster.events.progress.ProjectionProgress;
import dev.muster.query.topic.Table;
import dev.muster.web.waiting.WaitingRoom;
import org.springframework.stereotype.Component;

/** Tells those who wait for an instance that a newer version of it can be read. */
@Component
final class Changes implements Table {

  private final WaitingRoom room;

  Changes(WaitingRoom room) {
    this.room = room;
  }

  @Override
  public String topic() {
    return Topics.PROJECTION_PROGRESS;
  }

  @Override
  public void put(String key, byte[] value, long offset) {
    Json.read(value, ProjectionProgress.class).versions().forEach(room::hear);
  }

  @Override
  public void remove(String key) {}

  @Override
  public void clear() {}
}
