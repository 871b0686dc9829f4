package dev.muster.events;

import dev.muster.events.access.ApiKeyEvent;
import dev.muster.events.access.ApiKeyEvent.KeyIssued;
import dev.muster.events.access.ApiKeyEvent.KeyReplaced;
import dev.muster.events.access.ApiKeyEvent.KeyRevoked;
import dev.muster.events.access.ApiKeyEvent.KeyUsedFrom;
import dev.muster.events.access.KeyUse;
import dev.muster.events.access.Scope;
import dev.muster.events.codec.EventType;
import dev.muster.events.deadletter.DeadLetter;
import dev.muster.events.envelope.Actor;
import dev.muster.events.envelope.Correlation;
import dev.muster.events.health.HealthSample;
import dev.muster.events.health.HostHeartbeat;
import dev.muster.events.host.HostAnnouncement;
import dev.muster.events.host.HostOrder;
import dev.muster.events.instance.FailureCode;
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
import dev.muster.events.instance.InstanceEvent.RestartRequested;
import dev.muster.events.instance.InstanceEvent.ResumeRequested;
import dev.muster.events.instance.InstanceSpec;
import dev.muster.events.instance.Limits;
import dev.muster.events.instance.OperationKind;
import dev.muster.events.instance.RestartPolicy;
import dev.muster.events.log.LogChunk;
import dev.muster.events.log.LogLine;
import dev.muster.events.operator.OperatorEvent;
import dev.muster.events.operator.OperatorEvent.CordonRequested;
import dev.muster.events.operator.OperatorEvent.DrainRequested;
import dev.muster.events.operator.OperatorEvent.LetterDropRequested;
import dev.muster.events.operator.OperatorEvent.LetterRetryRequested;
import dev.muster.events.operator.OperatorEvent.UncordonRequested;
import dev.muster.events.operator.OperatorEvent.WorkerResumeRequested;
import dev.muster.events.outcome.Outcome;
import dev.muster.events.outcome.Outcome.OperationRefused;
import dev.muster.events.outcome.Outcome.OperationSucceeded;
import dev.muster.events.outcome.Outcome.RunEnded;
import dev.muster.events.progress.ProjectionProgress;
import dev.muster.events.worker.DrainOrder;
import dev.muster.events.worker.ShellAddress;
import dev.muster.events.worker.ShellTicket;
import dev.muster.events.worker.WorkerReport;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One message of every type there is, the same in every run: {@link #full} with everything said,
 * {@link #sparse} with all left out that may be.
 */
public final class Samples {

  public static final String INSTANCE = "inst_01kkr3v5fa6y2n8q4w7t0m9c1d";
  public static final String OPERATION = "op_01kkr3v5fb2h4j6k8m0p1q3r5s";
  public static final String RUN = "op_01kkr3v5f9z8x7w6v5t4s3r2q1";
  public static final String OUTCOME = "out_01kkr3v5fc0a1b2c3d4e5f6g7h";
  public static final String REGION = "us-east-1";
  public static final String HOST = "box-1";
  public static final String WORKER = "w-éß-1";
  public static final String KEY = "key_4bCdE9zZ";
  public static final String OTHER_KEY = "key_0aB1cD2e";
  public static final String HASH =
      "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
  public static final String FINGERPRINT = "SHA256:uNiVztksCsDhcc0u9e8BrrcQvkF3WQBzY5H8oJFXcfE";
  public static final Instant AT = Instant.parse("2026-03-14T09:26:53.589793Z");
  public static final Instant DEADLINE = Instant.parse("2026-03-14T09:27:23.589793Z");

  public static final InstanceSpec SPEC =
      new InstanceSpec(
          "ботик 🤖 \"1\"",
          REGION,
          "registry.example/bot:1.2",
          List.of("/bin/echo", "grüße\n", ""),
          Map.of("B", "2", "A", "ω=1"),
          1.5,
          256,
          null,
          null,
          null,
          RestartPolicy.ON_FAILURE,
          Map.of("tier", "web", "team/owner", ""));

  public static final Correlation CORRELATION =
      new Correlation(
          new Actor("key_01kkr3v5f80123456789abcdef", "Zoë Müller 王 🔑"),
          "req_01kkr3v5fd0123456789abcdef",
          "2001:db8::7",
          "out_01kkr3v5fe0123456789abcdef",
          "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

  private Samples() {}

  public static Stream<Message> full() {
    return Stream.of(
            events().map(Samples::message),
            keyEvents().map(Samples::message),
            operatorEvents().map(Samples::message),
            outcomes().map(Samples::message),
            Stream.of(
                    health(),
                    heartbeat(),
                    log(),
                    host(),
                    progress(),
                    worker(),
                    drain(),
                    cordon(),
                    letter(),
                    keyUse(),
                    ticket())
                .map(Samples::message))
        .flatMap(all -> all);
  }

  public static Stream<Message> sparse() {
    return Stream.of(
            sparseEvents().map(Samples::message),
            Stream.of(sparseKey()).map(Samples::message),
            sparseOutcomes().map(Samples::message),
            Stream.of(
                    health().withHost(null),
                    sparseLetter(),
                    sparseWorker(),
                    sparseHost(),
                    sparseDrain())
                .map(Samples::message))
        .flatMap(all -> all);
  }

  /** Of each type the message with the fewest fields: all that are there must be there. */
  public static Stream<Message> minimal() {
    var sparse = sparse().toList();
    var types = sparse.stream().map(Message::type).collect(Collectors.toSet());
    return Stream.concat(
        sparse.stream(), full().filter(message -> !types.contains(message.type())));
  }

  public static Stream<ApiKeyEvent> keyEvents() {
    return Stream.of(
        new KeyIssued(KEY, "ключ 🔑 \"1\"", List.of(Scope.values()), HASH, DEADLINE, OTHER_KEY, AT),
        new KeyReplaced(KEY, OTHER_KEY, DEADLINE, AT),
        new KeyUsedFrom(KEY, "2001:db8::7", AT),
        new KeyRevoked(KEY, AT));
  }

  private static Stream<OperatorEvent> operatorEvents() {
    var letter = "query-projection.instance-events.3.17";
    return Stream.of(
        new LetterRetryRequested(OPERATION, letter, AT),
        new LetterDropRequested(OPERATION, letter, AT),
        new DrainRequested(OPERATION, WORKER, AT),
        new WorkerResumeRequested(OPERATION, WORKER, AT),
        new CordonRequested(OPERATION, HOST, AT),
        new UncordonRequested(OPERATION, HOST, AT));
  }

  private static ApiKeyEvent sparseKey() {
    return new KeyIssued(KEY, "ci", List.of(Scope.READ), HASH, null, null, AT);
  }

  private static KeyUse keyUse() {
    return new KeyUse(KEY, "2001:db8::7", AT);
  }

  public static Stream<InstanceEvent> events() {
    return Stream.of(
        new CreationRequested(INSTANCE, OPERATION, SPEC, DEADLINE, AT),
        new PauseRequested(INSTANCE, OPERATION, REGION, HOST, DEADLINE, AT),
        new ResumeRequested(INSTANCE, OPERATION, REGION, HOST, DEADLINE, AT),
        new RestartRequested(INSTANCE, OPERATION, SPEC, HOST, DEADLINE, AT),
        new DeletionRequested(INSTANCE, OPERATION, REGION, HOST, DEADLINE, AT),
        new InstanceStarted(INSTANCE, OPERATION, HOST, AT),
        new InstancePaused(INSTANCE, OPERATION, AT),
        new InstanceResumed(INSTANCE, OPERATION, AT),
        new InstanceRestarted(INSTANCE, OPERATION, HOST, AT),
        new InstanceTerminated(INSTANCE, OPERATION, AT),
        new OperationFailed(
            INSTANCE,
            OPERATION,
            OperationKind.RESTART,
            FailureCode.REFUSED,
            "“no such image” – 404",
            REGION,
            HOST,
            true,
            AT),
        new OperationDoneLate(INSTANCE, OPERATION, OperationKind.PAUSE, AT),
        new OutcomeIgnored(INSTANCE, OPERATION, "the operation had expired", AT),
        new InstanceCompleted(INSTANCE, RUN, 0, AT),
        new InstanceFailed(INSTANCE, RUN, 137, "killed by signal 9", AT));
  }

  public static Stream<Outcome> outcomes() {
    return Stream.of(
        new OperationSucceeded(
            OUTCOME, INSTANCE, OPERATION, OperationKind.CREATE, HOST, WORKER, AT),
        new OperationRefused(
            OUTCOME, INSTANCE, OPERATION, OperationKind.PAUSE, HOST, "naïve → no", WORKER, AT),
        new RunEnded(OUTCOME, INSTANCE, RUN, HOST, 0, "ended", WORKER, AT));
  }

  public static HealthSample health() {
    return new HealthSample(INSTANCE, RUN, 12.5, 256, 1024, AT, 3600, HOST);
  }

  public static HostHeartbeat heartbeat() {
    return new HostHeartbeat(HOST, AT, AT.plusSeconds(10));
  }

  public static LogChunk log() {
    var lines = List.of(new LogLine(60, AT, "grüße 🤖 \u001b[1m"), new LogLine(61, AT, ""));
    return new LogChunk(INSTANCE, 41, lines, true);
  }

  public static HostAnnouncement host() {
    return new HostAnnouncement(
        HOST,
        REGION,
        "process",
        100,
        WORKER,
        AT,
        List.of("image", "cpus", "memory_mb"),
        "user",
        new Limits(2.5, 512, 1024, 100),
        true);
  }

  /** Also what workers wrote before they said what a host can honour. */
  private static HostAnnouncement sparseHost() {
    return new HostAnnouncement(HOST, REGION, "process", 100, WORKER, AT, null);
  }

  public static ProjectionProgress progress() {
    return new ProjectionProgress(
        3, 41_234, Map.of(INSTANCE, 7L, "inst_01kkr3v5ff0123456789abcdef", 1L));
  }

  public static WorkerReport worker() {
    return new WorkerReport(
        WORKER,
        "1f0c",
        "0.1.0",
        List.of(REGION, "eu-west-1"),
        64,
        3,
        12,
        0.25,
        true,
        new ShellAddress("box-1.example", 2222, FINGERPRINT),
        AT,
        AT,
        -300_000L);
  }

  /** Also what workers wrote before they let anybody in. */
  private static WorkerReport sparseWorker() {
    return new WorkerReport(
        WORKER,
        "1f0c",
        "0.1.0",
        List.of(REGION, "eu-west-1"),
        64,
        3,
        12,
        0.25,
        true,
        null,
        AT,
        AT,
        null);
  }

  public static ShellTicket ticket() {
    return new ShellTicket(HASH, INSTANCE, WORKER, KEY, "Zoë 🔑", "req_1", DEADLINE, null);
  }

  public static DrainOrder drain() {
    return new DrainOrder(WORKER, "key_7OD7ojMX", AT, false);
  }

  /** Also what was written before a worker could be called back. */
  private static DrainOrder sparseDrain() {
    return new DrainOrder(WORKER, "key_7OD7ojMX", AT, null);
  }

  public static HostOrder cordon() {
    return new HostOrder(HOST, "key_7OD7ojMX", AT, true);
  }

  public static DeadLetter letter() {
    return new DeadLetter(
        "worker-us-east-1.instance-events.3.41",
        "worker-us-east-1",
        "instance-events",
        3,
        41,
        INSTANCE,
        Map.of("ce_type", "dev.muster.CreationRequested"),
        "e30=",
        "no event type 'Nonsense'",
        3,
        AT);
  }

  private static DeadLetter sparseLetter() {
    return new DeadLetter(
        "query-projection.instance-events.0.0",
        "query-projection",
        "instance-events",
        0,
        0,
        null,
        Map.of(),
        null,
        "no key",
        1,
        AT);
  }

  private static Stream<InstanceEvent> sparseEvents() {
    var bot = InstanceSpec.bot("b", REGION);
    return Stream.of(
        new CreationRequested(INSTANCE, OPERATION, bot, DEADLINE, AT),
        new PauseRequested(INSTANCE, OPERATION, REGION, null, DEADLINE, AT),
        new ResumeRequested(INSTANCE, OPERATION, REGION, null, DEADLINE, AT),
        new RestartRequested(INSTANCE, OPERATION, bot, null, DEADLINE, AT),
        new DeletionRequested(INSTANCE, OPERATION, REGION, null, DEADLINE, AT),
        new OperationFailed(
            INSTANCE,
            OPERATION,
            OperationKind.CREATE,
            FailureCode.EXPIRED,
            "no outcome in time",
            REGION,
            null,
            true,
            AT),
        new InstanceFailed(INSTANCE, RUN, null, "gone", AT));
  }

  private static Stream<Outcome> sparseOutcomes() {
    return Stream.of(
        new OperationRefused(
            OUTCOME, INSTANCE, OPERATION, OperationKind.CREATE, null, "full", WORKER, AT),
        new RunEnded(OUTCOME, INSTANCE, RUN, HOST, null, "gone", WORKER, AT));
  }

  private static Message message(Object value) {
    var type = value.getClass();
    return Stream.of(EventType.ALL, EventType.OF_KEYS, EventType.OF_OPERATORS)
        .flatMap(List::stream)
        .filter(event -> event.record() == type)
        .findFirst()
        .map(event -> new Message(event.name(), event.revision(), value))
        .orElseGet(() -> new Message(type.getSimpleName(), 1, value));
  }
}
