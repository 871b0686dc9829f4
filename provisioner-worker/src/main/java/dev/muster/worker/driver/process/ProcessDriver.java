package dev.muster.worker.driver.process;

import static dev.muster.worker.driver.process.HostAction.onFiles;
import static dev.muster.worker.driver.process.HostAction.onHost;

import dev.muster.events.health.HealthSample;
import dev.muster.events.instance.Limits;
import dev.muster.worker.driver.Action;
import dev.muster.worker.driver.ActionResult;
import dev.muster.worker.driver.ActionResult.Done;
import dev.muster.worker.driver.ActionResult.Refused;
import dev.muster.worker.driver.ActionResult.Superseded;
import dev.muster.worker.driver.HostDriver;
import dev.muster.worker.driver.HostFaultException;
import dev.muster.worker.driver.HostFeatures;
import dev.muster.worker.driver.HostLimits;
import dev.muster.worker.driver.HostOutput;
import dev.muster.worker.driver.HostShells;
import dev.muster.worker.driver.Observation;
import dev.muster.worker.driver.ShellRequest;
import dev.muster.worker.driver.ShellResult;
import dev.muster.worker.driver.Task;
import java.io.IOException;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs instances as processes of this machine, each in a session of its own. Needs Linux. */
public final class ProcessDriver implements HostDriver {

  private static final Logger log = LoggerFactory.getLogger(ProcessDriver.class);

  /** How long an instance has to end after SIGTERM; as long as Docker gives. */
  public static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);

  /** A broker that is away for longer is no reason to keep what removed instances have printed. */
  private static final Duration LEFT_OUTPUT_KEPT = Duration.ofHours(1);

  private static final Duration LONGER_THAN_AN_END = Duration.ofSeconds(10);

  private final Duration stopTimeout;

  private final HostFolder folder;
  private final InstanceUsers users;
  private final Limits maximum;
  private final UnisolatedRuns unisolated;
  private final RunLimits limits;
  private final HostLocks locks;
  private final Runs runs;
  private final Shells shells;
  private final RunWatch watch;
  private final InstanceOutputs outputs;

  /**
   * @param root the host's own folder; made when it is missing
   * @throws IllegalStateException when this machine cannot run processes in the way this needs
   */
  public ProcessDriver(String name, int capacity, Path root) throws IOException {
    this(name, capacity, root, UserIds.DEFAULT, root, HostLimits.NONE, STOP_TIMEOUT);
  }

  /**
   * @param ids the users that its instances run as, where this machine can have that
   * @param data the platform's folder, hidden from instances where this machine can have that
   * @param limits what an instance may use
   */
  public ProcessDriver(
      String name, int capacity, Path root, UserIds ids, Path data, HostLimits limits)
      throws IOException {
    this(name, capacity, root, ids, data, limits, STOP_TIMEOUT);
  }

  ProcessDriver(String name, int capacity, Path root, UserIds ids, Path data, Duration stopTimeout)
      throws IOException {
    this(name, capacity, root, ids, data, HostLimits.NONE, stopTimeout);
  }

  /**
   * @param ids the users that its instances run as, where this machine can have that
   * @param data the platform's folder, hidden from instances where this machine can have that
   * @param configured what an instance may use
   * @param stopTimeout how long an instance that says nothing of it has to end after SIGTERM
   */
  public ProcessDriver(
      String name,
      int capacity,
      Path root,
      UserIds ids,
      Path data,
      HostLimits configured,
      Duration stopTimeout)
      throws IOException {
    HostRequirements.check();
    this.stopTimeout = stopTimeout;
    this.folder = new HostFolder(root);
    this.locks = new HostLocks(folder.locks());
    this.users = new InstanceUsers(folder, ids, new UserClaims(UserClaims.MACHINE), data, locks);
    this.unisolated = new UnisolatedRuns(folder, users);
    this.maximum = configured.maximum();
    this.limits = new RunLimits(name, folder.root(), configured, users.isolation().isUser());
    var supervisor = new Supervisor(folder, users);
    this.runs = new Runs(folder, users, limits, locks, supervisor, name, capacity, stopTimeout);
    this.shells = new Shells(folder, users, name);
    this.watch = new RunWatch(folder, users, limits, locks, runs);
    this.outputs = new InstanceOutputs(folder);
  }

  /** Opens the folder of all hosts to instances, where these run as users of their own. */
  public static void letInstancesPass(Path hosts) throws IOException {
    HostFolder.makePassable(hosts);
  }

  @Override
  public HostFeatures features() {
    return new HostFeatures(limits.names(), maximum, limits.obstacle(), users.isolation());
  }

  @Override
  public Optional<HostOutput> output() {
    return Optional.of(new ProcessOutput(outputs));
  }

  @Override
  public Optional<HostShells> shells() {
    return Optional.of(this::openShell);
  }

  @Override
  public List<String> notIsolated() {
    return onFiles(unisolated::running);
  }

  @Override
  public ActionResult perform(Task task) throws InterruptedException {
    if (!HostFolder.isId(task.instanceId())) {
      return new Refused("'%s' is no instance id".formatted(task.instanceId()));
    }
    return onHost(
        () -> {
          try (var _ = lock(task.instanceId())) {
            var known = known(task);
            return newestSeen(task, known) > task.sequence() ? new Superseded() : act(task, known);
          }
        });
  }

  private FileLock lock(String instanceId) throws IOException, InterruptedException {
    var free = locks.instanceNow(instanceId);
    if (free.isPresent()) {
      return free.get();
    }
    var ends = folder.readable(instanceId).map(i -> i.stopTimeout(stopTimeout)).orElse(stopTimeout);
    return locks.instance(instanceId, ends.plus(LONGER_THAN_AN_END));
  }

  // What cannot be read can still be removed.
  private Optional<InstanceRecord> known(Task task) throws IOException {
    return task.action() instanceof Action.Remove
        ? folder.readable(task.instanceId())
        : folder.read(task.instanceId());
  }

  private ActionResult act(Task task, Optional<InstanceRecord> known)
      throws IOException, InterruptedException {
    return switch (task.action()) {
      case Action.Start start -> runs.start(task, start, known);
      case Action.Pause _ -> runs.pause(task, known);
      case Action.Resume _ -> runs.resume(task, known);
      case Action.Clear _ -> clear(task, known);
      case Action.Remove _ -> remove(task, known);
    };
  }

  private long newestSeen(Task task, Optional<InstanceRecord> known) throws IOException {
    return Math.max(
        known.map(InstanceRecord::sequence).orElse(0L), folder.fence(task.instanceId()));
  }

  private Done clear(Task task, Optional<InstanceRecord> known)
      throws IOException, InterruptedException {
    var cleared = cleared(task, known);
    HostAction<Boolean> remember =
        () -> {
          if (known.isPresent()) {
            folder.write(cleared);
          } else {
            folder.fence(task.instanceId(), task.sequence());
          }
          return true;
        };
    endOf(cleared, remember, () -> true);
    return new Done();
  }

  private Done remove(Task task, Optional<InstanceRecord> known)
      throws IOException, InterruptedException {
    var cleared = cleared(task, known);
    HostAction<Boolean> remember =
        () -> {
          folder.fence(task.instanceId(), task.sequence());
          if (known.isPresent()) {
            folder.write(cleared);
          }
          return true;
        };
    endOf(cleared, remember, () -> folder.free(task.instanceId()));
    outputs.leave(task.instanceId());
    var user = users.of(task.instanceId());
    folder.remove(task.instanceId());
    users.release(task.instanceId(), user);
    watch.forget(task.instanceId());
    return new Done();
  }

  // What is to end, or to free room, must not need any: on a full disk it is remembered afterwards.
  private void endOf(
      InstanceRecord instance, HostAction<Boolean> remember, HostAction<Boolean> makeRoom)
      throws IOException, InterruptedException {
    boolean remembered = false;
    try {
      remembered = remember.run();
    } catch (IOException e) {
      log.warn(
          "the end of an instance cannot be put down before it instance_id={} cause={}",
          instance.instanceId(),
          String.valueOf(e));
    }
    runs.end(instance);
    if (!remembered) {
      makeRoom.run();
      remember.run();
    }
  }

  private static InstanceRecord cleared(Task task, Optional<InstanceRecord> known) {
    return known
        .map(instance -> instance.want(task.sequence(), DesiredState.NOTHING))
        .orElseGet(
            () ->
                new InstanceRecord(task.instanceId(), task.sequence(), DesiredState.NOTHING, null));
  }

  @Override
  public void fence(String instanceId, long sequence) {
    onFiles(
        () -> {
          if (HostFolder.isId(instanceId) && folder.fence(instanceId) < sequence) {
            folder.fence(instanceId, sequence);
          }
          return true;
        });
  }

  @Override
  public boolean knows(String instanceId) {
    return folder.holds(instanceId);
  }

  @Override
  public boolean keepsPaused(String instanceId) {
    return onFiles(() -> folder.read(instanceId))
        .filter(instance -> instance.wanted() == DesiredState.PAUSED)
        .isPresent();
  }

  @Override
  public int load() {
    return onFiles(runs::load);
  }

  @Override
  public void startReported(String instanceId, String runId) throws InterruptedException {
    update(instanceId, runId, ProcessRun::withStartReported);
  }

  @Override
  public void endReported(String instanceId, String runId) throws InterruptedException {
    update(instanceId, runId, ProcessRun::withEndReported);
  }

  private void update(String instanceId, String runId, UnaryOperator<ProcessRun> change)
      throws InterruptedException {
    onHost(
        () -> {
          try (var _ = lock(instanceId)) {
            var instance = folder.read(instanceId).filter(i -> i.isRun(runId));
            if (instance.isPresent() && instance.get().run() instanceof ProcessRun run) {
              folder.write(instance.get().withRun(change.apply(run)));
            }
            return instance;
          }
        });
  }

  @Override
  public List<Observation> observe() {
    try {
      return onHost(watch::observe);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HostFaultException("a look was interrupted", e);
    }
  }

  @Override
  public List<HealthSample> sample(Collection<String> instanceIds) {
    return onFiles(
        () -> {
          var processes = OsProcess.all();
          var samples = new ArrayList<HealthSample>();
          for (var instanceId : instanceIds) {
            watch.sample(instanceId, processes).ifPresent(samples::add);
          }
          return samples;
        });
  }

  private ShellResult openShell(String instanceId, ShellRequest request)
      throws InterruptedException {
    if (!HostFolder.isId(instanceId)) {
      return new ShellResult.NoShell("'%s' is no instance id".formatted(instanceId));
    }
    return onHost(
        () -> {
          try (var _ = lock(instanceId)) {
            return shells.open(instanceId, request);
          }
        });
  }

  @Override
  public void reconcile() throws InterruptedException {
    onHost(
        () -> {
          watch.reconcile();
          outputs.prune(Instant.now().minus(LEFT_OUTPUT_KEPT));
          return true;
        });
  }
}
