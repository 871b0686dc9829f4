package dev.muster.query.feed;

import com.mongodb.MongoException;
import java.util.Collection;
import java.util.List;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/** Looks now and then how far the other members are: they read into the same store. */
final class Outlook {

  private static final Logger LOG = LoggerFactory.getLogger(Outlook.class);
  private static final long EVERY_NANOS = 200_000_000;

  private final Positions positions;
  private final TopicEnds ends;
  private final CatchUp catchUp;
  private long lookedAt = System.nanoTime();

  Outlook(Positions positions, TopicEnds ends, CatchUp catchUp) {
    this.positions = positions;
    this.ends = ends;
    this.catchUp = catchUp;
  }

  void look() {
    if (!catchUp.isBehind() || System.nanoTime() - lookedAt < EVERY_NANOS) {
      return;
    }
    lookedAt = System.nanoTime();
    try {
      catchUp.reached(believable(positions.all()));
    } catch (DataAccessException | MongoException e) {
      LOG.debug("positions cannot be read", e);
      catchUp.storeAway();
    } catch (KafkaException e) {
      LOG.debug("ends cannot be read", e);
    }
  }

  /** Without those past the end of the topic: whoever claims them begins anew. */
  private List<Position> believable(Collection<Position> stored) {
    var now = ends.of(stored.stream().map(Position::partition).toList());
    return stored.stream()
        .filter(position -> position.next() <= now.getOrDefault(position.partition(), 0L))
        .toList();
  }
}
