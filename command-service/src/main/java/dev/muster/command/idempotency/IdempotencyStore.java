package dev.muster.command.idempotency;

import dev.muster.command.eventstore.EventStoreUnavailableException;
import dev.muster.command.eventstore.RecordedEvents;
import dev.muster.command.eventstore.RememberedCalls;
import dev.muster.command.eventstore.RememberedCalls.Call;
import java.time.Clock;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Remembers calls by their keys, for every replica. */
@Component
public final class IdempotencyStore {

  private static final Logger log = LoggerFactory.getLogger(IdempotencyStore.class);

  private final RememberedCalls calls;
  private final RecordedEvents events;
  private final Clock clock;

  IdempotencyStore(RememberedCalls calls, RecordedEvents events, Clock clock) {
    this.calls = calls;
    this.events = events;
    this.clock = clock;
  }

  /**
   * The first call under that key, to be done, or done again, with the ids that it has.
   *
   * @throws EventStoreUnavailableException when the store is away
   */
  public Call first(
      String caller, String key, String fingerprint, String instanceId, String operationId) {
    return calls.first(
        new Call(
            caller,
            key,
            fingerprint,
            instanceId,
            operationId,
            events.lastSequence(instanceId),
            clock.instant(),
            Optional.empty()));
  }

  /** Keeps an answer. Without it, a call made again finds what was done, and answers by that. */
  public void answered(Call call, String answer) {
    try {
      calls.answered(call, answer);
    } catch (EventStoreUnavailableException e) {
      log.warn(
          "answer_not_kept instance_id={} operation_id={}",
          call.instanceId(),
          call.operationId(),
          e);
    }
  }
}
