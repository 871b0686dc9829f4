package dev.muster.query;

import dev.muster.events.codec.EventCodec;
import dev.muster.events.envelope.Actor;
import dev.muster.events.envelope.Correlation;
import dev.muster.events.envelope.EncodedEvent;
import dev.muster.events.envelope.RecordedEvent;
import dev.muster.events.instance.FailureCode;
import dev.muster.events.instance.Ids;
import dev.muster.events.instance.InstanceEvent;
import dev.muster.events.instance.InstanceEvent.CreationRequested;
import dev.muster.events.instance.InstanceEvent.DeletionRequested;
import dev.muster.events.instance.InstanceEvent.InstanceCompleted;
import dev.muster.events.instance.InstanceEvent.InstanceFailed;
import dev.muster.events.instance.InstanceEvent.InstancePaused;
import dev.muster.events.instance.InstanceEvent.InstanceRestarted;
import dev.muster.events.instance.InstanceEvent.InstanceResumed;
import dev.muster.events.instance.InstanceEvent.InstanceStarted;
import dev.muster.events.instance.InstanceEvent.InstanceTerminated;
import dev.muster.events.instance.InstanceEvent.OperationDoneLate;
import dev.muster.events.instance.InstanceEvent.OperationFailed;
import dev.muster.events.instance.InstanceEvent.OutcomeIgnored;
import dev.muster.events.instance.InstanceEvent.PauseRequested;
import dev.muster.events.instance.InstanceEvent.Requested;
import dev.muster.events.instance.InstanceEvent.RestartRequested;
import dev.muster.events.instance.InstanceEvent.ResumeRequested;
import dev.muster.events.instance.InstanceSpec;
import dev.muster.events.instance.InstanceState;
import dev.muster.events.instance.OperationKind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** One instance, told event by event, as the event store would have recorded it. */
public final class Story {

  public static final Instant BEGINNING = Instant.parse("2026-03-14T10:00:00.123456Z");
  public static final Correlation CALLER =
      new Correlation(new Actor("key_1", "alice"), "req_7", "192.0.2.1", null, "00-1234-5678-01");

  private static final String HOST = "box-1";
  private static final AtomicLong POSITION = new AtomicLong();
  private static final EventCodec CODEC = new EventCodec();

  private final InstanceSpec spec;
  private final String id = Ids.newInstance();
  private final List<RecordedEvent> events = new ArrayList<>();
  private final List<String> operations = new ArrayList<>();
  private @Nullable InstanceState state;

  private Story(InstanceSpec spec) {
    this.spec = spec;
  }

  /** An instance that somebody asked for. */
  public static Story of(InstanceSpec spec) {
    var story = new Story(spec);
    return story.add(
        new CreationRequested(story.id, Ids.newOperation(), spec, story.deadline(), story.now()));
  }

  public static Story named(String name) {
    return of(InstanceSpec.bot(name, "us-east-1"));
  }

  public static Story running(String name) {
    return named(name).started();
  }

  public String id() {
    return id;
  }

  public List<RecordedEvent> events() {
    return List.copyOf(events);
  }

  public RecordedEvent last() {
    return events.getLast();
  }

  /** The event at another place in the history of everything. */
  public static RecordedEvent at(long position, RecordedEvent event) {
    return new RecordedEvent(
        event.eventId(),
        event.subject(),
        event.sequence(),
        position,
        event.at(),
        event.correlation(),
        event.encoded());
  }

  /** What all of it comes to. */
  public InstanceState state() {
    return Objects.requireNonNull(state);
  }

  public String inFlight() {
    return Objects.requireNonNull(state().inFlight()).id();
  }

  /** Every operation that was asked for. */
  public List<String> operations() {
    return List.copyOf(operations);
  }

  public Story started() {
    return add(new InstanceStarted(id, inFlight(), HOST, now()));
  }

  public Story pauseRequested() {
    return add(new PauseRequested(id, Ids.newOperation(), spec.region(), HOST, deadline(), now()));
  }

  public Story paused() {
    return add(new InstancePaused(id, inFlight(), now()));
  }

  public Story resumeRequested() {
    return add(new ResumeRequested(id, Ids.newOperation(), spec.region(), HOST, deadline(), now()));
  }

  public Story resumed() {
    return add(new InstanceResumed(id, inFlight(), now()));
  }

  public Story restartRequested() {
    return add(new RestartRequested(id, Ids.newOperation(), spec, HOST, deadline(), now()));
  }

  public Story restarted() {
    return add(new InstanceRestarted(id, inFlight(), HOST, now()));
  }

  public Story deletionRequested() {
    return add(
        new DeletionRequested(id, Ids.newOperation(), spec.region(), HOST, deadline(), now()));
  }

  public Story terminated() {
    return add(new InstanceTerminated(id, inFlight(), now()));
  }

  public Story failed(OperationKind kind, FailureCode code, String reason) {
    return add(
        new OperationFailed(
            id,
            inFlight(),
            kind,
            code,
            reason,
            spec.region(),
            HOST,
            code.leavesError(kind),
            now()));
  }

  /** The host did what had expired. */
  public Story doneLate() {
    var late = Objects.requireNonNull(state().unsettled());
    return add(new OperationDoneLate(id, late.id(), late.kind(), now()));
  }

  public Story ignored(String operationId) {
    return add(new OutcomeIgnored(id, operationId, "it came too late", now()));
  }

  public Story died(String reason) {
    return add(new InstanceFailed(id, Ids.newOperation(), 1, reason, now()));
  }

  public Story completed() {
    return add(new InstanceCompleted(id, Objects.requireNonNull(state().run()).id(), 0, now()));
  }

  /** An event of a type that this version does not have. */
  public Story unknown() {
    return record(
        new EncodedEvent("InstanceMigrated", 1, "{}".getBytes(StandardCharsets.UTF_8)), now());
  }

  /** An event that the lifecycle does not know how to take. */
  public Story createdTwice() {
    return record(
        CODEC.encode(new CreationRequested(id, Ids.newOperation(), spec, deadline(), now())),
        now());
  }

  private Story add(InstanceEvent event) {
    state = InstanceState.fold(state, event);
    if (event instanceof Requested requested) {
      operations.add(requested.operationId());
    }
    return record(CODEC.encode(event), event.at());
  }

  private Story record(EncodedEvent encoded, Instant at) {
    events.add(
        new RecordedEvent(
            Ids.newEvent(),
            id,
            events.size() + 1,
            POSITION.getAndIncrement(),
            at,
            CALLER,
            encoded));
    return this;
  }

  /** A second passes with each event. */
  private Instant now() {
    return BEGINNING.plusSeconds(state == null ? 0 : state.version());
  }

  private Instant deadline() {
    return now().plus(Duration.ofSeconds(30));
  }
}
