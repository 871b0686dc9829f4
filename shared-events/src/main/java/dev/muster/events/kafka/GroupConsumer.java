package dev.muster.events.kafka;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecords;

/**
 * Asks again as soon as the broker has answered that there is nothing, and takes partitions soon
 * after they are given to it. In a poll, a consumer of KIP-848 notices that answer after its retry
 * back-off; until then it has no fetch under way, and what is written waits. A new poll sends one
 * at once. A consumer without partitions hears of its first ones when the poll is over.
 */
final class GroupConsumer extends VerifiedConsumer {

  private static final Duration ANSWER_ON_ITS_WAY = Duration.ofMillis(20);

  private static final Duration WITHOUT_PARTITIONS = Duration.ofMillis(100);

  private final long askAgainAfter;
  private long askAgainAt = System.nanoTime();

  /**
   * @param fetchWait after which the broker answers when nothing is written
   */
  GroupConsumer(
      Map<String, Object> config, Duration closeWithin, RecordCheck check, Duration fetchWait) {
    super(config, closeWithin, check);
    this.askAgainAfter = fetchWait.plus(ANSWER_ON_ITS_WAY).toNanos();
  }

  /** Returns what came, or nothing after the timeout or when it is time to ask again. */
  @Override
  public ConsumerRecords<String, byte[]> poll(Duration timeout) {
    var now = System.nanoTime();
    if (now - askAgainAt >= 0) {
      askAgainAt = now + askAgainAfter;
    }
    var rest = assignment().isEmpty() ? WITHOUT_PARTITIONS : wholeMillis(askAgainAt - now);
    var records = super.poll(timeout.compareTo(rest) < 0 ? timeout : rest);
    if (!records.isEmpty()) {
      askAgainAt = System.nanoTime();
    }
    return records;
  }

  // A consumer takes less than a millisecond for none, and its poll ends at once.
  private static Duration wholeMillis(long nanos) {
    return Duration.ofMillis(TimeUnit.NANOSECONDS.toMillis(nanos) + 1);
  }
}
