package dev.muster.command.outcome;

import dev.muster.command.background.Pause;
import dev.muster.command.dispatch.Commands;
import dev.muster.command.eventstore.EventStoreUnavailableException;
import dev.muster.command.instance.Decision.Rejected;
import dev.muster.command.settings.CommandSettings;
import dev.muster.events.codec.OutcomeRecords;
import dev.muster.events.codec.UnreadableMessageException;
import dev.muster.events.instance.Ids;
import dev.muster.events.outcome.Outcome;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Records one outcome, for as long as it takes. */
@Component
final class OutcomeHandler {

  private static final Logger log = LoggerFactory.getLogger(OutcomeHandler.class);

  /** A fault that is no outage is tried again so often, for half a minute. */
  private static final int FAILURES_AT_MOST = 10;

  private final Commands commands;
  private final CommandSettings settings;
  private final Clock clock;

  OutcomeHandler(Commands commands, CommandSettings settings, Clock clock) {
    this.commands = commands;
    this.settings = settings;
    this.clock = clock;
  }

  /** Returns when the outcome is recorded, or can never be. While the store is away it waits. */
  void handle(ConsumerRecord<String, byte[]> message) throws InterruptedException {
    try {
      record(OutcomeRecords.read(message));
    } catch (UnreadableMessageException e) {
      log.error(
          "outcome_unreadable instance_id={} partition={} offset={}: left out; the operation will"
              + " expire",
          message.key(),
          message.partition(),
          message.offset(),
          e);
    }
  }

  private void record(Outcome outcome) throws InterruptedException {
    var pause = new Pause();
    var failures = 0;
    while (failures < FAILURES_AT_MOST) {
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
        failures++;
        log.error(
            "outcome_failed instance_id={} outcome_id={} attempt={}/{}: after the last it is left"
                + " out, and the operation expires",
            outcome.instanceId(),
            outcome.outcomeId(),
            failures,
            FAILURES_AT_MOST,
            e);
      }
      pause.take();
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
    }
  }
}
