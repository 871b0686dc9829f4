package dev.muster.worker.report;

import dev.muster.events.codec.DeadLetterRecords;
import dev.muster.events.deadletter.DeadLetter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;

/** Puts records aside that could not be handled. Returns when they are kept. */
public final class DeadLetterReporter {

  private final Publisher publisher;

  public DeadLetterReporter(Publisher publisher) {
    this.publisher = publisher;
  }

  /**
   * @param reader the consumer group that failed
   * @param tries how often it did, over all
   */
  public void putAside(
      String reader, ConsumerRecord<String, byte[]> record, String reason, int tries)
      throws InterruptedException {
    var now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    var letter = DeadLetterRecords.of(reader, record, Reasons.shortened(reason), tries, now);
    try {
      publisher.publish(DeadLetterRecords.write(letter));
    } catch (RecordTooLargeException e) {
      publisher.publish(DeadLetterRecords.write(withoutValue(letter)));
    }
  }

  // In base64 a record is longer than it was, perhaps longer than the broker takes.
  private static DeadLetter withoutValue(DeadLetter letter) {
    return new DeadLetter(
        letter.id(),
        letter.reader(),
        letter.topic(),
        letter.partition(),
        letter.offset(),
        letter.key(),
        letter.headers(),
        null,
        "too large to be kept here, find it in its topic: " + letter.reason(),
        letter.tries(),
        letter.at());
  }
}
