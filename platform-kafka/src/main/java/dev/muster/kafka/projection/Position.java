package dev.muster.kafka.projection;

/**
 * Where the read store stands in one partition of a topic, kept beside what was read.
 *
 * @param next offset of the first record that was not read
 * @param newest global position of the newest event that was read, or {@link #NOTHING}
 * @param fill which filling of the store this is. A store that lost its positions is filled again
 *     under a new name, and rows of another filling are not built upon
 * @param owner the one feed that may write what the partition says
 */
public record Position(int partition, long next, long newest, String fill, String owner) {

  /** No event was read; in topics without global positions, ever. */
  public static final long NOTHING = -1;

  /** Nothing was read. */
  public static Position beginning(int partition, String fill, String owner) {
    return new Position(partition, 0, NOTHING, fill, owner);
  }

  /** The same place, for another owner. */
  public Position ownedBy(String newOwner) {
    return new Position(partition, next, newest, fill, newOwner);
  }

  /** A later place, for the same owner. */
  public Position at(long nextOffset, long newestPosition) {
    return new Position(partition, nextOffset, newestPosition, fill, owner);
  }
}
