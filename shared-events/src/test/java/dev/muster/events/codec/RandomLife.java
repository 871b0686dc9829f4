package dev.muster.events.codec;

import dev.muster.events.instance.FailureCode;
import dev.muster.events.instance.Given;
import dev.muster.events.instance.InstanceEvent;
import dev.muster.events.instance.InstanceState;
import dev.muster.events.instance.Lifecycle;
import dev.muster.events.instance.Operation;
import dev.muster.events.instance.OperationKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A history that could have happened, the same for the same seed. */
final class RandomLife {

  private final Random random;
  private final Given given = new Given();
  private final List<InstanceEvent> events = new ArrayList<>();
  private @Nullable InstanceState state;
  private int operations;

  private RandomLife(long seed) {
    this.random = new Random(seed);
  }

  static List<InstanceEvent> of(long seed, int atMost) {
    var life = new RandomLife(seed);
    life.add(life.given.creation(life.nextOperation()));
    while (life.events.size() < atMost && life.goesOn()) {
      life.given.after(Duration.ofMillis(life.random.nextInt(90_000)));
      life.add(life.next());
    }
    return life.events;
  }

  private void add(InstanceEvent event) {
    state = InstanceState.fold(state, event);
    events.add(event);
  }

  private InstanceState state() {
    return Objects.requireNonNull(state);
  }

  private boolean goesOn() {
    return state().inFlight() != null || !Lifecycle.allowed(state().stage()).isEmpty();
  }

  private InstanceEvent next() {
    var run = state().run();
    if (run != null && random.nextInt(6) == 0) {
      return random.nextBoolean() ? given.died(run.id()) : given.completed(run.id());
    }
    var unsettled = state().unsettled();
    if (unsettled != null && random.nextInt(3) == 0) {
      return given.doneLate(unsettled.id(), unsettled.kind());
    }
    if (operations > 1 && random.nextInt(10) == 0) {
      return given.ignored("op_" + (1 + random.nextInt(operations - 1)));
    }
    var awaited = state().inFlight();
    return awaited == null ? request() : settle(awaited);
  }

  private InstanceEvent request() {
    var allowed = List.copyOf(Lifecycle.allowed(state().stage()));
    var operation = nextOperation();
    return switch (allowed.get(random.nextInt(allowed.size()))) {
      case CREATE -> throw new AssertionError("nothing allows a second creation");
      case PAUSE -> given.pause(operation);
      case RESUME -> given.resume(operation);
      case RESTART -> given.restart(operation);
      // Deletes end a life, so most of them are put off.
      case DELETE -> random.nextInt(12) == 0 ? given.deletion(operation) : given.ignored(operation);
    };
  }

  private InstanceEvent settle(Operation awaited) {
    var code = random.nextInt(2 * FailureCode.values().length);
    return code < FailureCode.values().length
        ? given.failed(awaited.id(), awaited.kind(), FailureCode.values()[code])
        : succeed(awaited.id(), awaited.kind());
  }

  private InstanceEvent succeed(String operation, OperationKind kind) {
    return switch (kind) {
      case CREATE -> given.started(operation);
      case PAUSE -> given.paused(operation);
      case RESUME -> given.resumed(operation);
      case RESTART -> given.restarted(operation);
      case DELETE -> given.terminated(operation);
    };
  }

  private String nextOperation() {
    operations++;
    return "op_" + operations;
  }
}
