package dev.muster.command.outcome;

import dev.muster.events.kafka.KafkaClients;
import dev.muster.events.kafka.Topics;
import dev.muster.kafka.group.GroupListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.stereotype.Component;

/** Takes what workers report. */
@Component
final class OutcomeListener extends GroupListener {

  static final String GROUP = "command-outcomes";

  private final OutcomeHandler handler;

  OutcomeListener(KafkaClients kafka, OutcomeHandler handler) {
    super(kafka, GROUP, Topics.PROVISIONING_OUTCOMES, "outcome-listener");
    this.handler = handler;
  }

  @Override
  protected void handle(ConsumerRecord<String, byte[]> message) throws InterruptedException {
    handler.handle(message, 0);
  }
}
