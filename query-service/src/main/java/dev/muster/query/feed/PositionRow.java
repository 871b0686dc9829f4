package dev.muster.query.feed;

import dev.muster.kafka.projection.Position;
import org.springframework.data.annotation.Id;

/** A {@link Position} in the read store. */
record PositionRow(@Id int partition, long next, long newest, String fill, String owner) {

  static PositionRow of(Position position) {
    return new PositionRow(
        position.partition(),
        position.next(),
        position.newest(),
        position.fill(),
        position.owner());
  }

  Position position() {
    return new Position(partition, next, newest, fill, owner);
  }
}
