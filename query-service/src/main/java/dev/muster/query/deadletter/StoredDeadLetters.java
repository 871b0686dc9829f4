package dev.muster.query.deadletter;

import dev.muster.events.codec.Json;
import dev.muster.events.deadletter.DeadLetter;
import dev.muster.events.kafka.Topics;
import dev.muster.kafka.topic.CompactedTopicTable;
import java.util.LinkedHashMap;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The dead letters of the platform, the newest {@value #MOST} of them and no more than 64 MiB; the
 * topic has them all.
 */
@Component
public final class StoredDeadLetters implements CompactedTopicTable {

  static final int MOST = 10_000;

  private static final Logger log = LoggerFactory.getLogger(StoredDeadLetters.class);
  private static final long MOST_WEIGHT = 64 << 20;

  /**
   * @param number grows with every letter, and with every further try of the same
   */
  public record Numbered(long number, DeadLetter letter) {

    long weight() {
      var value = letter.value();
      return 500L
          + (value == null ? 0 : value.length())
          + letter.reason().length()
          + letter.headers().entrySet().stream()
              .mapToLong(header -> 100L + header.getKey().length() + header.getValue().length())
              .sum();
    }
  }

  /** The newest last. */
  private final LinkedHashMap<String, Numbered> letters = new LinkedHashMap<>();

  private long weight;
  private boolean warned;

  /** Up to {@code count} letters with numbers below {@code before}, newest first. */
  public synchronized List<Numbered> before(long before, int count) {
    return letters.sequencedValues().reversed().stream()
        .filter(numbered -> numbered.number() < before)
        .limit(count)
        .toList();
  }

  @Override
  public String topic() {
    return Topics.DEAD_LETTERS;
  }

  @Override
  public synchronized void put(String key, byte[] value, long offset) {
    var numbered = new Numbered(offset, Json.read(value, DeadLetter.class));
    remove(key);
    letters.put(key, numbered);
    weight += numbered.weight();
    while (letters.size() > MOST || weight > MOST_WEIGHT) {
      weight -= letters.pollFirstEntry().getValue().weight();
      warn();
    }
  }

  @Override
  public synchronized void remove(String key) {
    var removed = letters.remove(key);
    weight -= removed == null ? 0 : removed.weight();
  }

  @Override
  public synchronized void clear() {
    letters.clear();
    weight = 0;
  }

  private void warn() {
    if (!warned) {
      warned = true;
      log.warn(
          "more dead letters than can be shown, the oldest are left out; put back or drop some."
              + " shown={}",
          letters.size());
    }
  }
}
