package dev.muster.command.deadletter;

import dev.muster.command.topic.BrokerUnavailableException;
import dev.muster.command.topic.TooLargeException;
import dev.muster.command.topic.TopicWriter;
import dev.muster.events.codec.DeadLetterRecords;
import dev.muster.events.deadletter.DeadLetter;
import dev.muster.ops.ready.Backoff;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Takes in what this service could not handle. */
@Component
public final class DeadLetterWriter {

  private static final Logger log = LoggerFactory.getLogger(DeadLetterWriter.class);

  /** Of a reason, which quotes whatever the record said. */
  private static final int LONGEST_TEXT = 1_000;

  private final TopicWriter writer;
  private final Clock clock;

  DeadLetterWriter(TopicWriter writer, Clock clock) {
    this.writer = writer;
    this.clock = clock;
  }

  /**
   * Returns when the broker has the letter. While the broker is away it waits, for as long as it
   * takes: a record is not left behind before.
   *
   * @param reader the consumer group that could not handle it
   * @param tries how often it was tried, over all its lives as a letter
   */
  public void take(String reader, ConsumerRecord<String, byte[]> record, String reason, int tries)
      throws InterruptedException {
    var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    var letter = DeadLetterRecords.of(reader, record, shortened(reason), tries, now);
    log.error(
        "dead_letter id={} key={} tries={} reason=\"{}\": put it back or drop it through"
            + " /api/dead-letters",
        letter.id(),
        shortened(letter.key()),
        tries,
        letter.reason());
    var backoff = new Backoff(Duration.ofMillis(400), Duration.ofSeconds(5));
    while (!isKept(letter)) {
      backoff.pause();
    }
  }

  private boolean isKept(DeadLetter letter) {
    try {
      writer.write(DeadLetterRecords.write(letter));
      return true;
    } catch (TooLargeException e) {
      return isKept(withoutContent(letter));
    } catch (BrokerUnavailableException e) {
      log.warn(
          "dead_letter_waits id={} cause=\"{}\": tried again until the broker answers",
          letter.id(),
          e.getMessage());
      return false;
    }
  }

  private static DeadLetter withoutContent(DeadLetter letter) {
    return new DeadLetter(
        letter.id(),
        letter.reader(),
        letter.topic(),
        letter.partition(),
        letter.offset(),
        shortened(letter.key()),
        Map.of(),
        null,
        letter.reason() + " (its content is too large for a letter; it stands in its topic)",
        letter.tries(),
        letter.at());
  }

  private static String shortened(@Nullable String text) {
    var whole = String.valueOf(text);
    return whole.length() <= LONGEST_TEXT ? whole : whole.substring(0, LONGEST_TEXT) + "…";
  }
}
