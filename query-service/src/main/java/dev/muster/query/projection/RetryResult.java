package dev.muster.query.projection;

import dev.muster.events.deadletter.DeadLetter;
import dev.muster.query.projection.Retries.Due;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What came of trying a dead letter again.
 *
 * @param replay what can be folded of its instance now
 * @param again the letter with one more try, when the record still cannot be handled
 */
record RetryResult(Optional<FrozenInstanceReplay> replay, Optional<DeadLetter> again) {

  static RetryResult of(
      Due due, FrozenInstanceReplay replay, ConsumerRecord<String, byte[]> record) {
    return new RetryResult(
        Optional.of(replay),
        replay.refusal().map(reason -> again(due, new Unreadable(record, reason))));
  }

  static RetryResult failed(Due due, Unreadable why) {
    return new RetryResult(Optional.empty(), Optional.of(again(due, why)));
  }

  static RetryResult gone(Due due) {
    var letter = due.letter();
    return new RetryResult(
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
    return again.isPresent() || replay.stream().allMatch(FrozenInstanceReplay::isWhole);
  }
}
