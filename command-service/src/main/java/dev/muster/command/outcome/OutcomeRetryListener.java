package dev.muster.command.outcome;

import dev.muster.events.codec.DeadLetterRecords;
import dev.muster.events.codec.Json;
import dev.muster.events.codec.UnreadableMessageException;
import dev.muster.events.deadletter.DeadLetter;
import dev.muster.events.kafka.KafkaClients;
import dev.muster.events.kafka.Topics;
import dev.muster.kafka.group.GroupListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Takes outcomes that were dead letters and that a person has put back. */
@Component
final class OutcomeRetryListener extends GroupListener {

  private static final Logger log = LoggerFactory.getLogger(OutcomeRetryListener.class);

  private final OutcomeHandler handler;

  OutcomeRetryListener(KafkaClients kafka, OutcomeHandler handler) {
    super(
        kafka,
        OutcomeListener.GROUP + "-retries",
        Topics.DEAD_LETTER_RETRIES,
        "outcome-retry-listener");
    this.handler = handler;
  }

  @Override
  protected void handle(ConsumerRecord<String, byte[]> message) throws InterruptedException {
    try {
      var letter = Json.read(message.value(), DeadLetter.class);
      if (letter.reader().equals(OutcomeListener.GROUP)) {
        handler.handle(DeadLetterRecords.record(letter), letter.tries());
      }
    } catch (UnreadableMessageException | IllegalArgumentException e) {
      log.error(
          "retry_unreadable partition={} offset={}: left out; was it written by a newer version?",
          message.partition(),
          message.offset(),
          e);
    }
  }
}
