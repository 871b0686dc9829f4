package dev.muster.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.command.RestOfThePlatform.Hosts;
import dev.muster.command.dispatch.Commands;
import dev.muster.command.eventstore.AggregateCache;
import dev.muster.command.eventstore.EventDatabase;
import dev.muster.command.eventstore.PostgreSqlEventStorageEngine;
import dev.muster.command.eventstore.RecordedEvents;
import dev.muster.command.instance.Decision.Accepted;
import dev.muster.command.instance.Decision.Rejected;
import dev.muster.command.instance.Decision.Unchanged;
import dev.muster.command.instance.InstanceCommand.CreateInstance;
import dev.muster.command.instance.InstanceCommand.DeleteInstance;
import dev.muster.command.instance.InstanceCommand.PauseInstance;
import dev.muster.command.instance.InstanceCommand.RecordOutcome;
import dev.muster.command.instance.OperationResult.Succeeded;
import dev.muster.command.instance.Rejection.Exists;
import dev.muster.events.envelope.Actor;
import dev.muster.events.envelope.Correlation;
import dev.muster.events.envelope.RecordedEvent;
import dev.muster.events.instance.Ids;
import dev.muster.events.instance.InstanceSpec;
import dev.muster.events.instance.RestartPolicy;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two replicas of the service on one event store. */
class ReplicasTest {

  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final Instant LATER = Instant.parse("2126-03-01T10:00:00Z");
  private static final Correlation CALLER =
      new Correlation(new Actor("key_1", "ops"), "req_1", null, null, null);

  @RegisterExtension static final CommandSide SIDE = new CommandSide(2);

  private static Commands here;
  private static Commands there;

  private final String id = Ids.newInstance();

  @BeforeAll
  static void choose() {
    here = SIDE.service().bean(Commands.class);
    there = SIDE.another().bean(Commands.class);
  }

  @BeforeEach
  void hosts_say_nothing() {
    SIDE.rest().hosts(Hosts.SAY_NOTHING);
  }

  @Test
  void a_refusal_is_never_decided_by_what_a_replica_remembers() {
    here.send(creation(id), CALLER);
    there.send(started(), CALLER);

    var reply = here.send(pause(), CALLER);

    assertThat(reply.decision()).isInstanceOf(Accepted.class);
    assertThat(reply.version()).isEqualTo(3);
  }

  @Test
  void what_another_replica_did_already_is_not_done_again() {
    here.send(creation(id), CALLER);
    there.send(started(), CALLER);

    var again = here.send(started(), CALLER);

    assertThat(again.decision()).isEqualTo(new Unchanged());
    assertThat(again.version()).isEqualTo(2);
  }

  @Test
  void an_id_is_created_once() {
    here.send(creation(id), CALLER);

    assertThat(there.send(creation(id), CALLER).decision()).isEqualTo(new Rejected(new Exists(id)));
  }

  @Test
  void of_many_who_ask_at_once_one_is_first_and_the_others_hear_of_it() throws Exception {
    here.send(creation(id), CALLER);
    there.send(started(), CALLER);

    var accepted =
        inParallel(
            IntStream.range(0, 20)
                .mapToObj(
                    number ->
                        (Callable<Boolean>)
                            () ->
                                (number % 2 == 0 ? here : there).send(pause(), CALLER).decision()
                                    instanceof Accepted)
                .toList());

    assertThat(accepted.stream().filter(it -> it)).hasSize(1);
  }

  @Test
  void a_long_history_is_folded_from_a_snapshot() {
    here.send(creation(id), CALLER);
    for (int number = 0; number < 120; number++) {
      here.send(new RecordOutcome(id, "op_" + number, new Succeeded("local"), NOW), CALLER);
    }

    var store = SIDE.another().bean(PostgreSqlEventStorageEngine.class);
    await().until(() -> store.readSnapshot(id).isPresent());

    var reply = there.send(new DeleteInstance(id, Ids.newOperation(), LATER, NOW), CALLER);

    assertThat(reply.version()).isEqualTo(123);
    assertThat(reply.state()).isNotNull();
  }

  @Test
  void each_event_is_published_once_though_two_could() {
    here.send(creation(id), CALLER);
    there.send(started(), CALLER);

    await().until(() -> published().size() == 2);
    var stored = SIDE.service().bean(RecordedEvents.class).after(id, 0);
    assertThat(published())
        .extracting(RecordedEvent::position)
        .isEqualTo(stored.stream().map(RecordedEvent::position).toList());
  }

  @Test
  void operations_that_cannot_be_expired_hold_up_no_other() throws Exception {
    var poisoned = Ids.newInstance();
    try (var store = SIDE.service().bean(EventDatabase.class).session("test");
        var statement = store.createStatement()) {
      statement.execute(
          """
          insert into event (position, instance_id, sequence, event_id, type, revision, at, data,
                             actor_id, actor_name, request_id)
          values (-1, '%1$s', 1, 'ev_%1$s', 'FromTheFuture', 1, now(), '{}', 'a', 'a', 'r');
          insert into operation_deadline (operation_id, instance_id, deadline)
          select 'op_poison_' || number, '%1$s', '2000-01-01' from generate_series(1, 101) number
          """
              .formatted(poisoned));
    }

    here.send(
        new CreateInstance(id, "op_due", InstanceSpec.bot("bot", "us-east-1"), NOW, NOW), CALLER);

    var events = SIDE.service().bean(RecordedEvents.class);
    await().until(() -> events.lastSequence(id) == 2);
    await().until(() -> setAside(SIDE.service()) + setAside(SIDE.another()) == 101);
  }

  private static double setAside(RunningCommandService replica) {
    var counter =
        replica.bean(MeterRegistry.class).find("muster.operations.expiry.failed").counter();
    return counter == null ? 0 : counter.count();
  }

  @Test
  void what_is_remembered_of_an_instance_counts_by_its_size() {
    var cache = SIDE.service().bean(AggregateCache.class);
    here.send(creation(id), CALLER);
    var before = cache.bytes();
    var large =
        new InstanceSpec(
            "bot",
            "us-east-1",
            null,
            List.of("x".repeat(50_000)),
            Map.of(),
            null,
            null,
            RestartPolicy.NEVER);

    here.send(new CreateInstance(Ids.newInstance(), "op_create", large, LATER, NOW), CALLER);

    assertThat(cache.bytes() - before).isBetween(100_000L, 110_000L);
  }

  private static CreateInstance creation(String id) {
    return new CreateInstance(id, "op_create", InstanceSpec.bot("bot", "us-east-1"), LATER, NOW);
  }

  private RecordOutcome started() {
    return new RecordOutcome(id, "op_create", new Succeeded("local"), NOW);
  }

  private PauseInstance pause() {
    return new PauseInstance(id, Ids.newOperation(), LATER, NOW);
  }

  private List<RecordedEvent> published() {
    return SIDE.rest().seen().stream().filter(event -> event.subject().equals(id)).toList();
  }

  private static <T> List<T> inParallel(List<Callable<T>> tasks) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      return threads.invokeAll(tasks).stream().map(Future::resultNow).toList();
    }
  }
}
