package dev.muster.query.feed;

import org.springframework.data.annotation.Id;

/**
 * Where the read store stands in one partition of a topic, kept beside what was read.
 *
 * @param next offset of the first record that was not read
 * @param newest global position of the newest event that was read, or {@link #NOTHING}
 * @param fill which filling of the store this is. A store that lost its positions is filled again
 *     under a new name, and rows of another filling are not built upon
 * @param owner the one feed that may write what the partition says
 */
public record Position(@Id int partition, long next, long newest, String fill, String owner) {

  /** No event was read; in topics without global positions, ever. */
  public static final long NOTHING = -1;

  static Position beginning(int partition, String fill, String owner) {
    return new Position(partition, 0, NOTHING, fill, owner);
  }

  Position ownedBy(String newOwner) {
    return new Position(partition, next, newest, fill, newOwner);
  }

  Position at(long nextOffset, long newestPosition) {
    return new Position(partition, nextOffset, newestPosition, fill, owner);
  }
}
