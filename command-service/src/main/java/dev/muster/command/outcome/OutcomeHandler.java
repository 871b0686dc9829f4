package dev.muster.command.outcome;

import dev.muster.command.deadletter.DeadLetterWriter;
import dev.muster.command.dispatch.Commands;
import dev.muster.command.eventstore.EventStoreUnavailableException;
import dev.muster.command.instance.Decision.Rejected;
import dev.muster.command.metrics.Meters;
import dev.muster.command.settings.CommandSettings;
import dev.muster.events.codec.OutcomeRecords;
import dev.muster.events.codec.UnreadableMessageException;
import dev.muster.events.instance.Ids;
import dev.muster.events.outcome.Outcome;
import dev.muster.ops.ready.Backoff;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Records one outcome, for as long as it takes. */
@Component
final class OutcomeHandler {

  private static final Logger log = LoggerFactory.getLogger(OutcomeHandler.class);

  /** A fault that is no outage is tried again so often, for some seconds. */
  private static final int TRIES_AT_MOST = 5;

  private final Commands commands;
  private final DeadLetterWriter deadLetters;
  private final CommandSettings settings;
  private final Meters meters;
  private final Clock clock;

  OutcomeHandler(
      Commands commands,
      DeadLetterWriter deadLetters,
      CommandSettings settings,
      Meters meters,
      Clock clock) {
    this.commands = commands;
    this.deadLetters = deadLetters;
    this.settings = settings;
    this.meters = meters;
    this.clock = clock;
  }

  /**
   * Returns when the outcome is recorded, or kept as a dead letter. While the store or the broker
   * is away it waits.
   *
   * @param triesBefore how often it was tried before it was put back
   */
  void handle(ConsumerRecord<String, byte[]> message, int triesBefore) throws InterruptedException {
    try {
      record(message, OutcomeRecords.read(message), triesBefore);
    } catch (UnreadableMessageException e) {
      giveUp(message, e, triesBefore + 1);
    }
  }

  private void record(ConsumerRecord<String, byte[]> message, Outcome outcome, int triesBefore)
      throws InterruptedException {
    var backoff = new Backoff(Duration.ofMillis(400), Duration.ofSeconds(5));
    var tries = 0;
    while (true) {
      try {
        recordOnce(outcome);
        return;
      } catch (EventStoreUnavailableException e) {
        log.warn(
            "outcome_waits instance_id={} outcome_id={} cause=\"{}\": tried again until PostgreSQL"
                + " answers",
            outcome.instanceId(),
            outcome.outcomeId(),
            e.getMessage());
      } catch (RuntimeException e) {
        tries++;
        log.error(
            "outcome_failed instance_id={} outcome_id={} try={}/{}",
            outcome.instanceId(),
            outcome.outcomeId(),
            tries,
            TRIES_AT_MOST,
            e);
        if (tries == TRIES_AT_MOST) {
          giveUp(message, e, triesBefore + tries);
          return;
        }
      }
      backoff.pause();
    }
  }

  private void recordOnce(Outcome outcome) {
    var command =
        OutcomeCommands.command(
            outcome,
            clock.instant().truncatedTo(ChronoUnit.MICROS),
            Ids.newOperation(),
            settings.operationDeadline());
    var reply = commands.send(command, OutcomeCommands.origin(outcome));
    if (reply.decision() instanceof Rejected(var rejection)) {
      log.warn(
          "outcome_rejected instance_id={} outcome_id={} reason=\"{}\": left out",
          outcome.instanceId(),
          outcome.outcomeId(),
          rejection.detail());
      meters.count("muster.outcomes", "result", "rejected");
    } else {
      meters.count("muster.outcomes", "result", "recorded");
    }
  }

  private void giveUp(ConsumerRecord<String, byte[]> message, RuntimeException why, int tries)
      throws InterruptedException {
    var reason = Objects.requireNonNullElse(why.getMessage(), why.toString());
    deadLetters.take(OutcomeListener.GROUP, message, reason, tries);
    meters.count("muster.outcomes", "result", "dead_letter");
  }
}
