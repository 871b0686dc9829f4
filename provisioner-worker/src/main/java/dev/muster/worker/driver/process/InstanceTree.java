package dev.muster.worker.driver.process;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.toSet;

import dev.muster.worker.driver.process.cgroup.Cgroup;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which processes belong to an instance: the session that its supervisor leads, and whatever the
 * kernel has in the run's cgroup, as the instance's user, or in its namespace of pids. With no user
 * and no namespace of its own: whatever carries its id in the environment it was started with, and
 * the children of those. Never who collects its output.
 */
final class InstanceTree {

  static final String ID_VARIABLE = "MUSTER_INSTANCE_ID";

  private final String instanceId;
  private final OptionalInt user;
  private final boolean inNamespace;
  private final Optional<ProcessIdentity> supervisor;
  private final Optional<ProcessIdentity> main;
  private final OutputCollector collector;
  private final Optional<Cgroup> cgroup;

  private InstanceTree(
      String instanceId,
      OptionalInt user,
      boolean inNamespace,
      Optional<ProcessIdentity> supervisor,
      Optional<ProcessIdentity> main,
      OutputCollector collector,
      Optional<Cgroup> cgroup) {
    this.instanceId = instanceId;
    this.user = user;
    this.inNamespace = inNamespace;
    this.supervisor = supervisor;
    this.main = main;
    this.collector = collector;
    this.cgroup = cgroup;
  }

  /** The same, to which belongs what is in that cgroup. */
  InstanceTree with(Optional<Cgroup> group) {
    return new InstanceTree(instanceId, user, inNamespace, supervisor, main, collector, group);
  }

  /** What a restart of the machine has ended is not looked for among its new processes. */
  static InstanceTree of(
      String instanceId, OptionalInt user, boolean inNamespace, Optional<RunFolder> run)
      throws IOException {
    if (run.isEmpty()) {
      return new InstanceTree(
          instanceId,
          user,
          inNamespace,
          Optional.empty(),
          Optional.empty(),
          OutputCollector.NONE,
          Optional.empty());
    }
    var boot = ProcessIdentity.currentBoot();
    return new InstanceTree(
        instanceId,
        user,
        inNamespace,
        run.get().supervisor().filter(s -> s.bootId().equals(boot)),
        run.get().main().filter(m -> m.bootId().equals(boot)),
        OutputCollector.of(run.get()),
        Optional.empty());
  }

  /** Every living process of it, also one that left the session. */
  List<OsProcess> all() throws IOException {
    return among(user.isPresent() ? candidates(user.getAsInt()) : OsProcess.all());
  }

  // Nothing that an instance starts can become another user. What is not that user yet descends
  // from the supervisor, is the main process, or is in the cgroup.
  private Collection<OsProcess> candidates(int user) throws IOException {
    var found = new HashMap<Long, OsProcess>();
    OsProcess.ownedBy(owner -> owner == user).forEach(it -> found.put(it.pid(), it));
    var open = new ArrayDeque<OsProcess>();
    supervisor().ifPresent(open::add);
    main().ifPresent(open::add);
    for (var pid : cgroup.isPresent() ? cgroup.get().pids() : Set.<Long>of()) {
      OsProcess.read(pid).ifPresent(open::add);
    }
    while (!open.isEmpty()) {
      var process = open.pop();
      if (found.putIfAbsent(process.pid(), process) == null) {
        open.addAll(process.children());
      }
    }
    return found.values();
  }

  /** Those of these that are its own, living processes. */
  List<OsProcess> among(Collection<OsProcess> processes) throws IOException {
    var grouped = cgroup.isPresent() ? cgroup.get().pids() : Set.<Long>of();
    Predicate<OsProcess> inCgroup = process -> grouped.contains(process.pid());
    if (user.isPresent()) {
      return roots(processes, inCgroup.or(process -> process.owner() == user.getAsInt()));
    }
    return inNamespace
        ? apart(processes, inCgroup)
        : withChildren(processes, inCgroup.or(this::carriesId));
  }

  /** The first process of its namespace of pids, while it lives. */
  Optional<OsProcess> init() throws IOException {
    return inNamespace ? main().filter(OsProcess::isApart) : Optional.empty();
  }

  /**
   * The process of the instance's command, while it lives: the oldest that the first of its
   * namespace has started.
   */
  Optional<OsProcess> command() throws IOException {
    var init = init();
    return init.isEmpty()
        ? main()
        : init.get().children().stream()
            .filter(OsProcess::alive)
            .min(comparing(OsProcess::startTicks).thenComparing(OsProcess::pid));
  }

  // Who entered the namespace has a parent outside that waits for it, if that lives.
  private List<OsProcess> apart(Collection<OsProcess> processes, Predicate<OsProcess> inCgroup)
      throws IOException {
    var inside = inside();
    var parents = processes.stream().filter(inside).map(OsProcess::parent).collect(toSet());
    return withChildren(
        processes, inCgroup.or(inside).or(p -> parents.contains(p.pid()) && carriesId(p)));
  }

  private Predicate<OsProcess> inside() throws IOException {
    var namespace = init().flatMap(OsProcess::pidNamespace);
    return process -> namespace.isPresent() && process.pidNamespace().equals(namespace);
  }

  /** Whether nothing of it lives, nor a supervisor that is on its way. */
  boolean isEmpty() throws IOException {
    return all().isEmpty()
        && living(OsProcess.ownedBy(owner -> owner == OsProcess.selfUser())).stream()
            .noneMatch(this::carriesId);
  }

  /** Who is told to end first, while it lives. */
  Optional<OsProcess> main() throws IOException {
    return main.isPresent() ? main.get().find() : Optional.empty();
  }

  /** The shell that waits for the main process, while it lives. */
  Optional<OsProcess> supervisor() throws IOException {
    return supervisor.isPresent() ? supervisor.get().find() : Optional.empty();
  }

  /** All of them but the supervisor, and but those that wait outside for one in the namespace. */
  List<OsProcess> commands() throws IOException {
    Predicate<OsProcess> helpers = init().isPresent() ? inside().negate() : this::isSupervisor;
    return all().stream().filter(helpers.negate()).toList();
  }

  private boolean isSupervisor(OsProcess process) {
    return supervisor.isPresent() && supervisor.get().is(process);
  }

  // Anybody can put an id into the environment of a process of their own.
  private boolean carriesId(OsProcess process) {
    return process.isOwn() && process.variable(ID_VARIABLE).filter(instanceId::equals).isPresent();
  }

  private List<OsProcess> roots(Collection<OsProcess> processes, Predicate<OsProcess> belongs) {
    var living = living(processes);
    return living.stream().filter(inSession(living).or(this::isMain).or(belongs)).toList();
  }

  private List<OsProcess> withChildren(
      Collection<OsProcess> processes, Predicate<OsProcess> belongs) {
    var living = living(processes);
    return withChildren(roots(living, belongs), living);
  }

  private List<OsProcess> living(Collection<OsProcess> processes) {
    var others = collector.others(processes);
    return processes.stream().filter(OsProcess::alive).filter(others).toList();
  }

  // A session's number is only to be trusted while its leader is there: it may be used again.
  private Predicate<OsProcess> inSession(Collection<OsProcess> living) {
    var leader = supervisor.filter(s -> living.stream().anyMatch(s::is));
    return process -> leader.isPresent() && process.session() == leader.get().pid();
  }

  private boolean isMain(OsProcess process) {
    return main.isPresent() && main.get().is(process);
  }

  private static List<OsProcess> withChildren(
      Collection<OsProcess> roots, Collection<OsProcess> living) {
    Map<Long, Collection<OsProcess>> children = new HashMap<>();
    for (var process : living) {
      children.computeIfAbsent(process.parent(), _ -> new HashSet<>()).add(process);
    }
    var found = new HashSet<OsProcess>();
    var open = new ArrayDeque<>(roots);
    while (!open.isEmpty()) {
      var process = open.pop();
      if (found.add(process)) {
        open.addAll(children.getOrDefault(process.pid(), List.of()));
      }
    }
    return List.copyOf(found);
  }
}
