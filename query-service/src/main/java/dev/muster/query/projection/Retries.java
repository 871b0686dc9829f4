package dev.muster.query.projection;

import dev.muster.events.codec.Json;
import dev.muster.events.deadletter.DeadLetter;
import dev.muster.events.kafka.Topics;
import dev.muster.kafka.projection.Position;
import dev.muster.kafka.topic.CompactedTopicTable;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The dead letters of this projection that were put back and are not done with, in that order.
 * Every replica hears of all of them, for any may come to hold their partition.
 */
@Component
final class Retries implements CompactedTopicTable {

  private static final Logger log = LoggerFactory.getLogger(Retries.class);
  private static final int MOST = 10_000;

  /**
   * A letter to try again now.
   *
   * @param number the place in the topic of retries
   * @param position where the store stands in the partition of the letter
   */
  record Due(long number, DeadLetter letter, Position position) {}

  private final ConcurrentSkipListMap<Long, DeadLetter> waiting = new ConcurrentSkipListMap<>();

  /** Retries below this number are done, by partition. Only the feed's thread has it. */
  private final Map<Integer, Long> done = new HashMap<>();

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** What another member, or this one before, has done in a partition. */
  void doneBefore(int partition, long number) {
    done.merge(partition, number, Math::max);
  }

  void done(Due retry) {
    waiting.remove(retry.number());
    doneBefore(retry.letter().partition(), retry.number() + 1);
  }

  long doneIn(int partition) {
    return done.getOrDefault(partition, 0L);
  }

  /** The next one in a partition that is held and was read past the record in question. */
  Optional<Due> due(Map<Integer, Position> held) {
    var notYet = new HashSet<Integer>();
    for (var entry : waiting.entrySet()) {
      var letter = entry.getValue();
      var position = held.get(letter.partition());
      if (position == null || notYet.contains(letter.partition())) {
        continue;
      }
      if (entry.getKey() < doneIn(letter.partition())) {
        waiting.remove(entry.getKey());
      } else if (letter.offset() < position.next()) {
        return Optional.of(new Due(entry.getKey(), letter, position));
      } else {
        notYet.add(letter.partition());
      }
    }
    return Optional.empty();
  }

  @Override
  public String topic() {
    return Topics.DEAD_LETTER_RETRIES;
  }

  @Override
  public void put(String key, byte[] value, long offset) {
    var letter = Json.read(value, DeadLetter.class);
    if (letter.reader().equals(EventProjection.GROUP)
        && letter.topic().equals(Topics.INSTANCE_EVENTS)) {
      waiting.put(offset, withoutRecord(letter));
    }
    while (waiting.size() > MOST) {
      var left = waiting.pollFirstEntry();
      log.error(
          "more retries than can be kept, the oldest is left out; ask for it again. id={}",
          left == null ? key : left.getValue().id());
    }
  }

  @Override
  public void remove(String key) {}

  @Override
  public void clear() {
    waiting.clear();
  }

  /** The record is read from its own topic again; here it would only take up memory. */
  private static DeadLetter withoutRecord(DeadLetter letter) {
    return new DeadLetter(
        letter.id(),
        letter.reader(),
        letter.topic(),
        letter.partition(),
        letter.offset(),
        letter.key(),
        Map.of(),
        null,
        letter.reason(),
        letter.tries(),
        letter.at());
  }
}
