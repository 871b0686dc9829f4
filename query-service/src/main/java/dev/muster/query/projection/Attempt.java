package dev.muster.query.projection;

import dev.muster.events.deadletter.DeadLetter;
import dev.muster.query.projection.Retries.Due;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What came of trying a dead letter again.
 *
 * @param thaw what can be folded of its instance now
 * @param again the letter with one more try, when the record still cannot be handled
 */
record Attempt(Optional<Thaw> thaw, Optional<DeadLetter> again) {

  static Attempt of(Due due, Thaw thaw, ConsumerRecord<String, byte[]> record) {
    return new Attempt(
        Optional.of(thaw),
        thaw.refusal().map(reason -> again(due, new Unreadable(record, reason))));
  }

  static Attempt failed(Due due, Unreadable why) {
    return new Attempt(Optional.empty(), Optional.of(again(due, why)));
  }

  static Attempt gone(Due due) {
    var letter = due.letter();
    return new Attempt(
        Optional.empty(),
        Optional.of(
            new DeadLetter(
                letter.id(),
                letter.reader(),
                letter.topic(),
                letter.partition(),
                letter.offset(),
                letter.key(),
                letter.headers(),
                letter.value(),
                "the topic has no record in this place",
                letter.tries() + 1,
                Instant.now())));
  }

  private static DeadLetter again(Due due, Unreadable why) {
    return why.letter(due.letter().tries() + 1, Instant.now());
  }

  /** Whether nothing is left to do for the letter. */
  boolean isDone() {
    return again.isPresent() || thaw.stream().allMatch(Thaw::isWhole);
  }
}
