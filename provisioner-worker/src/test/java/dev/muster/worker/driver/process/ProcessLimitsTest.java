package dev.muster.worker.driver.process;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.muster.events.instance.Ids;
import dev.muster.events.instance.InstanceSpec;
import dev.muster.events.instance.Limits;
import dev.muster.events.instance.RestartPolicy;
import dev.muster.worker.driver.Action;
import dev.muster.worker.driver.ActionResult.Done;
import dev.muster.worker.driver.ActionResult.Refused;
import dev.muster.worker.driver.HostLimits;
import dev.muster.worker.driver.Observation;
import dev.muster.worker.driver.Observation.Ended;
import dev.muster.worker.driver.ShellRequest;
import dev.muster.worker.driver.ShellResult.Opened;
import dev.muster.worker.driver.Task;
import dev.muster.worker.driver.process.cgroup.Cgroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs that want more than they may have, under the real driver. */
class ProcessLimitsTest {

  private static final Limits SMALL = new Limits(null, 32, null, 16);

  /** Doubles a text until the kernel says no. */
  private static final String MEMORY_BOMB = "a=xxxxxxxxxxxxxxxx; while :; do a=$a$a; done";

  @TempDir Path data;
  private final String instance = Ids.newInstance();

  @BeforeEach
  void open_the_way() throws IOException {
    Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx--x--x"));
  }

  @AfterEach
  void end_everything() throws Exception {
    ProcessHost.endAll(root());
    assertThat(limits().cgroups().all()).isEmpty();
  }

  @Test
  void a_fork_bomb_has_no_more_processes_than_it_may() throws Exception {
    assumeHolds("pids");
    start(instance, 1, "while :; do sleep 600 & done 2>/dev/null", SMALL);

    await().until(() -> ProcessHost.alive(instance).size() >= 14);
    for (int look = 0; look < 20; look++) {
      assertThat(cgroup(instance).pids()).hasSizeLessThanOrEqualTo(16);
    }
  }

  @Test
  void without_a_word_there_is_a_bound_on_processes_where_the_machine_has_one() throws Exception {
    assumeHolds("pids");
    start(instance, 1, "exec sleep 600", Limits.NONE);

    assertThat(file(cgroup(instance), "pids.max")).isEqualTo("512");
  }

  @Test
  void what_the_kernel_ends_for_memory_says_so() throws Exception {
    assumeHolds("memory_mb");
    start(instance, 1, MEMORY_BOMB, SMALL);

    var ended = awaitEnd(instance);

    assertThat(ended.exitCode()).isEqualTo(137);
    assertThat(ended.reason())
        .isEqualTo(
            "out of memory: it reached its memory_mb of 32, and the kernel ended it with exit code"
                + " 137");
  }

  @Test
  void an_instance_goes_on_when_a_child_is_ended_for_memory() throws Exception {
    assumeHolds("memory_mb");
    start(
        instance,
        1,
        "sh -c '%s'; echo $? >child; while [ ! -e die ]; do sleep 0.02; done; exit 3"
            .formatted(MEMORY_BOMB),
        SMALL);
    await().until(() -> Files.exists(work(instance).resolve("child")));

    assertThat(open().observe()).hasOnlyElementsOfType(Observation.Alive.class);
    assertThat(Files.readString(work(instance).resolve("child"))).isEqualTo("137\n");
    Files.createFile(work(instance).resolve("die"));

    assertThat(awaitEnd(instance).reason())
        .isEqualTo(
            "the process ended with exit code 3; before, the kernel had ended a process of it that"
                + " was out of memory");
  }

  @Test
  void a_busy_loop_gets_its_share_of_the_cpu() throws Exception {
    assumeHolds("cpus");
    start(instance, 1, "while :; do :; done", new Limits(0.1, null, null, null));

    await().until(() -> throttled(cgroup(instance)) >= 10);

    var used = cgroup(instance).cpuSeconds().orElseThrow();
    // Of each period of 100 ms it has 10; a period in which it was not held back had less.
    assertThat(used / periods(cgroup(instance))).isLessThan(0.02);
  }

  @Test
  void two_instances_do_not_share_their_limits() throws Exception {
    assumeHolds("memory_mb");
    var other = Ids.newInstance();
    start(other, 1, "while [ ! -e die ]; do sleep 0.02; done; exit 5", SMALL);
    start(instance, 1, MEMORY_BOMB, SMALL);
    assertThat(awaitEnd(instance).reason()).startsWith("out of memory");

    Files.createFile(work(other).resolve("die"));

    assertThat(awaitEnd(other).reason()).isEqualTo("the process ended with exit code 5");
  }

  @Test
  void a_restart_keeps_the_limits_and_begins_to_count_anew() throws Exception {
    assumeHolds("memory_mb");
    start(instance, 1, MEMORY_BOMB, SMALL);
    awaitEnd(instance);
    var old = cgroup(instance);

    start(instance, 2, "exec sleep 600", SMALL);

    assertThat(old.exists()).isFalse();
    assertThat(cgroup(instance).oomKills()).isZero();
    assertThat(memoryLimit(cgroup(instance))).isEqualTo(32 << 20);
  }

  @Test
  void what_a_shell_runs_is_bound_with_the_instance() throws Exception {
    assumeHolds("pids");
    start(instance, 1, "exec sleep 600", SMALL);

    var command = Optional.of("cat /proc/self/cgroup");
    var opened =
        (Opened)
            open()
                .shells()
                .orElseThrow()
                .open(instance, new ShellRequest(command, Optional.empty()));
    var printed = new String(opened.shell().output().readAllBytes());

    assertThat(opened.shell().exit().get(20, TimeUnit.SECONDS)).isZero();
    assertThat(printed).contains("/" + instance + ".1");
  }

  @Test
  void a_folder_over_its_bound_ends_the_instance() throws Exception {
    start(
        instance,
        1,
        "trap '' TERM; dd if=/dev/zero of=big bs=1M count=3 2>/dev/null; sleep 600",
        new Limits(null, null, 2, null));

    var ended = awaitEnd(instance);

    assertThat(ended.exitCode()).isEqualTo(137);
    assertThat(ended.reason())
        .isEqualTo("out of disk: its folder held 3 MiB, over its disk_mb of 2");
    await().until(() -> ProcessHost.alive(instance).isEmpty());
  }

  @Test
  void deleting_ends_what_is_in_the_cgroup_and_removes_it() throws Exception {
    assumeHolds("pids");
    start(instance, 1, "setsid -f env -i sleep 600; exec sleep 600", SMALL);
    var cgroup = cgroup(instance);
    await().until(() -> cgroup.pids().size() == 2);

    assertThat(perform(instance, 2, new Action.Remove())).isEqualTo(new Done());

    assertThat(cgroup.exists()).isFalse();
    assertThat(cgroup.folders()).allSatisfy(f -> assertThat(f.getParent()).doesNotExist());
  }

  @Test
  void without_a_user_of_its_own_too_an_instance_is_paused_with_what_hides() throws Exception {
    Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx------"));
    assumeHolds("pids");
    start(instance, 1, "setsid -f env -i sleep 600; exec sleep 600", SMALL);
    var cgroup = cgroup(instance);
    await().until(() -> cgroup.pids().size() == 2);

    assertThat(perform(instance, 2, new Action.Pause())).isEqualTo(new Done());

    assertThat(cgroup.pids())
        .hasSize(2)
        .allMatch(pid -> OsProcess.read(pid).filter(OsProcess::stopped).isPresent());
  }

  @Test
  void another_worker_finds_the_cgroup_of_a_run_and_removes_those_of_none() throws Exception {
    assumeHolds("pids");
    start(instance, 1, "exec sleep 600", SMALL);
    var left = limits().cgroups().make(Ids.newInstance() + ".1", SMALL).orElseThrow();

    var other = open();
    other.reconcile();

    assertThat(left.exists()).isFalse();
    assertThat(limits().cgroups().all()).containsOnlyKeys(instance + ".1");
  }

  @Test
  void health_is_what_the_cgroup_counts() throws Exception {
    assumeHolds("memory_mb");
    start(
        instance,
        1,
        "i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done; echo >done; exec sleep 600",
        SMALL);
    await().until(() -> Files.exists(work(instance).resolve("done")));

    var sample = open().sample(List.of(instance)).getFirst();

    assertThat(sample.memoryMb()).isBetween(0L, 32L);
    assertThat(sample.cpuPercent()).isPositive();
  }

  @Test
  void more_than_the_host_allows_is_refused_and_what_it_says_holds_by_default() throws Exception {
    assumeHolds("pids");
    var limits = new HostLimits(new Limits(null, null, 64, null), new Limits(null, null, 100, 20));

    assertThat(refusal(limits, new Limits(null, null, null, 21)))
        .isEqualTo("pids 21 is over 20, the most that host local allows");
    var driver = driver(limits);
    assertThat(driver.perform(new Task(instance, "op_1", 1, spec("exec sleep 600", Limits.NONE))))
        .isEqualTo(new Done());
    assertThat(run(instance).limits()).isEqualTo(new Limits(null, null, 64, 20));
    assertThat(file(cgroup(instance), "pids.max")).isEqualTo("20");
  }

  @Test
  void a_limit_that_the_machine_cannot_hold_is_refused_with_the_reason() throws Exception {
    var driver = open();
    assumeThat(driver.features().capabilities())
        .as("limits of this machine")
        .doesNotContain("memory_mb");

    assertThat(driver.features().obstacle()).isNotEmpty();
    assertThat(refusal(HostLimits.NONE, SMALL))
        .startsWith("host local cannot hold it to memory_mb: " + driver.features().obstacle());
  }

  private void assumeHolds(String limit) throws IOException {
    var driver = open();
    assumeThat(driver.features().capabilities()).as(driver.features().obstacle()).contains(limit);
  }

  private RunLimits limits() throws IOException {
    return new RunLimits("local", root().toRealPath(), HostLimits.NONE, true);
  }

  private Path root() {
    return data.resolve("local");
  }

  private ProcessDriver open() throws IOException {
    return driver(HostLimits.NONE);
  }

  private ProcessDriver driver(HostLimits limits) throws IOException {
    return new ProcessDriver("local", 10, root(), UserIds.DEFAULT, root(), limits);
  }

  private void start(String id, long sequence, String script, Limits limits) throws Exception {
    assertThat(perform(id, sequence, spec(script, limits))).isEqualTo(new Done());
    open().startReported(id, "op_" + sequence);
  }

  private String refusal(HostLimits host, Limits asked) throws Exception {
    var task = new Task(Ids.newInstance(), "op_1", 1, spec("exec true", asked));
    return ((Refused) driver(host).perform(task)).reason();
  }

  private Object perform(String id, long sequence, Action action) throws Exception {
    return open().perform(new Task(id, "op_" + sequence, sequence, action));
  }

  private static Action spec(String script, Limits limits) {
    return new Action.Start(
        new InstanceSpec(
            "test",
            "us-east-1",
            null,
            List.of("sh", "-c", script),
            Map.of(),
            limits.cpus(),
            limits.memoryMb(),
            limits.diskMb(),
            limits.pids(),
            null,
            RestartPolicy.NEVER,
            null));
  }

  private Ended awaitEnd(String id) throws IOException {
    var driver = open();
    return (Ended)
        await()
            .atMost(Duration.ofSeconds(60))
            .until(
                () -> driver.observe().stream().filter(o -> o.instanceId().equals(id)).findFirst(),
                seen -> seen.filter(Ended.class::isInstance).isPresent())
            .orElseThrow();
  }

  private Path work(String id) {
    return root().resolve(id).resolve("work");
  }

  private ProcessRun run(String id) throws IOException {
    return requireNonNull(new HostFolder(root()).read(id).orElseThrow().wantedRun());
  }

  private Cgroup cgroup(String id) throws IOException {
    return limits().cgroup(run(id)).orElseThrow();
  }

  private static String file(Cgroup cgroup, String name) throws IOException {
    for (var folder : cgroup.folders()) {
      if (Files.exists(folder.resolve(name))) {
        return Files.readString(folder.resolve(name)).strip();
      }
    }
    return "";
  }

  private static long memoryLimit(Cgroup cgroup) throws IOException {
    return Long.parseLong(file(cgroup, "memory.max") + file(cgroup, "memory.limit_in_bytes"));
  }

  private static long throttled(Cgroup cgroup) throws IOException {
    return count(cgroup, "nr_throttled");
  }

  private static long periods(Cgroup cgroup) throws IOException {
    return count(cgroup, "nr_periods");
  }

  private static long count(Cgroup cgroup, String name) throws IOException {
    return file(cgroup, "cpu.stat")
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToLong(line -> Long.parseLong(line.substring(name.length() + 1)))
        .findFirst()
        .orElseThrow();
  }
}
