package dev.muster.worker.driver.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.events.instance.Ids;
import dev.muster.events.instance.InstanceSpec;
import dev.muster.events.instance.RestartPolicy;
import dev.muster.worker.driver.Action;
import dev.muster.worker.driver.ActionResult.Done;
import dev.muster.worker.driver.ActionResult.Refused;
import dev.muster.worker.driver.HostDriver;
import dev.muster.worker.driver.HostDriverContract;
import dev.muster.worker.driver.HostOutputContract;
import dev.muster.worker.driver.HostShellsContract;
import dev.muster.worker.driver.Observation.Ended;
import dev.muster.worker.driver.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import sun.misc.Signal;
import sun.misc.SignalHandler;

class ProcessDriverTest extends HostDriverContract
    implements HostOutputContract, HostShellsContract {

  private static final List<String> UNTIL_TOLD =
      List.of(
          "sh",
          "-c",
          "echo x >> started; echo started; while [ ! -e die ]; do sleep 0.02; done; exit \"$(cat"
              + " die)\"");

  private static final Duration LONG = Duration.ofMinutes(5);

  @TempDir Path data;

  @Override
  protected HostDriver open(int capacity) throws IOException {
    return new ProcessDriver("local", capacity, root());
  }

  @Override
  protected InstanceSpec spec() {
    return spec(UNTIL_TOLD, Map.of());
  }

  @Override
  protected void end(String instanceId, int exitCode) throws IOException {
    var work = root().resolve(instanceId).resolve("work");
    Files.writeString(work.resolve("die.tmp"), "" + exitCode);
    Files.move(work.resolve("die.tmp"), work.resolve("die"));
  }

  @Override
  protected int starts(String instanceId) throws IOException {
    var file = root().resolve(instanceId).resolve("work/started");
    return Files.exists(file) ? Files.readAllLines(file).size() : 0;
  }

  // Where others can pass, a platform of root runs each instance as a user of its own.
  @BeforeEach
  void open_the_way() throws IOException {
    Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx--x--x"));
  }

  @AfterEach
  void end_everything() throws Exception {
    ProcessHost.endAll(root());
    assertThat(alive(instance)).isEmpty();
  }

  @Test
  void pausing_stops_the_whole_tree_and_resuming_lets_it_go_on() throws Exception {
    run("sleep 600 & (setsid sleep 600 &) ; (sh -c 'sleep 600; true' &) ; wait");
    await().until(() -> alive(instance).size() >= 6);

    open().perform(task(2, new Action.Pause()));
    assertThat(alive(instance)).allMatch(OsProcess::stopped);

    open().perform(task(3, new Action.Resume()));
    assertThat(alive(instance)).hasSizeGreaterThanOrEqualTo(6).noneMatch(OsProcess::stopped);
  }

  @Test
  void what_somebody_else_lets_go_on_is_stopped_again_while_it_is_paused() throws Exception {
    run("(setsid sleep 600 &); sleep 600 & wait");
    open().startReported(instance, "op_1");
    await().until(() -> alive(instance).size() >= 4);
    open().perform(task(2, new Action.Pause()));

    var main = main(1);
    Posix.kill(main.pid(), Posix.SIGCONT);
    open().observe();
    assertThat(alive(instance)).allMatch(OsProcess::stopped);

    alive(instance).stream()
        .filter(p -> p.pid() != main.pid())
        .forEach(p -> Posix.kill(p.pid(), Posix.SIGCONT));
    open().reconcile();
    assertThat(alive(instance)).allMatch(OsProcess::stopped);
  }

  @Test
  void a_restart_has_a_new_pid_and_the_old_process_is_gone() throws Exception {
    run("exec sleep 600");
    var old = main(1);

    open().perform(task(2, new Action.Start(spec())));

    assertThat(old.find()).isEmpty();
    assertThat(main(2).find()).isPresent();
    assertThat(main(2).pid()).isNotEqualTo(old.pid());
  }

  @Test
  void removing_ends_children_that_left_the_session_and_those_that_ignore_term() throws Exception {
    run(
        "trap '' TERM; (setsid sh -c \"trap '' TERM; while :; do sleep 0.1; done\" &); wait; sleep"
            + " 600");
    await().until(() -> alive(instance).size() >= 4);

    var driver =
        new ProcessDriver("local", 10, root(), UserIds.DEFAULT, root(), Duration.ofSeconds(1));
    var result = driver.perform(task(2, new Action.Remove()));

    assertThat(result).isEqualTo(new Done());
    assertThat(alive(instance)).isEmpty();
    assertThat(root().resolve(instance)).doesNotExist();
  }

  @Test
  void the_main_process_is_asked_to_end_before_its_children_are() throws Exception {
    run(endsItsChildInOrder());
    await().until(() -> Files.exists(work().resolve("ready")));

    open().perform(task(2, new Action.Clear()));

    assertThat(Files.readAllLines(work().resolve("order"))).containsExactly("main", "child", "end");
    assertThat(ProcessHost.log(root(), instance)).content().isEmpty();
  }

  @Test
  void a_paused_instance_that_is_ended_can_end_in_order_too() throws Exception {
    run(endsItsChildInOrder());
    await().until(() -> Files.exists(work().resolve("ready")));
    open().perform(task(2, new Action.Pause()));

    open().perform(task(3, new Action.Clear()));

    assertThat(Files.readAllLines(work().resolve("order"))).containsExactly("main", "child", "end");
  }

  @Test
  @EnabledIfSystemProperty(named = "os.arch", matches = "amd64")
  void a_process_that_waits_in_the_kernel_for_its_child_is_paused_with_it_and_goes_on_with_it()
      throws Exception {
    // 58 is vfork, as shells use it: the parent waits until the child is another program.
    run("exec perl -e 'syscall(58); sleep 600'");
    await().until(() -> OsProcess.read(main(1).pid()).orElseThrow().inKernel());

    assertThat(open().perform(task(2, new Action.Pause()))).isEqualTo(new Done());
    assertThat(alive(instance)).anyMatch(OsProcess::stopped);
    assertThat(open().perform(task(3, new Action.Resume()))).isEqualTo(new Done());
    assertThat(alive(instance)).noneMatch(OsProcess::stopped);

    open().perform(task(4, new Action.Clear()));
    assertThat(alive(instance)).isEmpty();
  }

  @Test
  void what_outlives_the_main_process_is_asked_to_end_too() throws Exception {
    run(
        "(trap 'echo asked > told; exit' TERM; touch ready; while :; do sleep 0.02; done) &"
            + " while :; do sleep 0.02; done");
    await().until(() -> Files.exists(work().resolve("ready")));

    open().perform(task(2, new Action.Clear()));

    assertThat(work().resolve("told")).hasContent("asked");
    assertThat(alive(instance)).isEmpty();
  }

  // The child says when SIGTERM reaches it, and ends only once its parent tells it by a file.
  private static String endsItsChildInOrder() {
    return """
    (trap 'echo early >> order' TERM
     while [ ! -e stop ]; do sleep 0.02; done
     echo child >> order) &
    child=$!
    trap 'echo main >> order; touch stop; wait $child; echo end >> order; exit 0' TERM
    touch ready
    while :; do sleep 0.02; done
    """;
  }

  @Test
  void a_file_where_the_host_would_put_the_output_aside_keeps_no_delete_from_it() throws Exception {
    run("ln -s ../../locks ../left; touch ready; exec sleep 600");
    await().until(() -> Files.exists(work().resolve("ready")));

    open().perform(task(2, new Action.Remove()));

    assertThat(root().resolve(instance)).doesNotExist();
  }

  @Test
  void folders_that_the_instance_has_locked_are_removed_too() throws Exception {
    run("mkdir -p a/b; touch a/b/c; chmod 000 a; echo ready > ready; exec sleep 600");
    await().until(() -> Files.exists(work().resolve("ready")));

    open().perform(task(2, new Action.Remove()));

    assertThat(root().resolve(instance)).doesNotExist();
  }

  @Test
  void a_signal_is_told_as_128_and_its_number() throws Exception {
    run("exec sleep 600");
    open().startReported(instance, "op_1");

    Posix.kill(main(1).pid(), Posix.SIGKILL);

    await().untilAsserted(() -> assertThat(ended().exitCode()).isEqualTo(128 + 9));
    assertThat(ended().reason()).contains("signal 9");
  }

  @Test
  void a_paused_instance_that_is_killed_is_told_with_its_exit_code() throws Exception {
    run("exec sleep 600");
    open().startReported(instance, "op_1");
    open().perform(task(2, new Action.Pause()));

    Posix.kill(main(1).pid(), Posix.SIGKILL);

    await().untilAsserted(() -> assertThat(ended().exitCode()).isEqualTo(128 + 9));
  }

  @Test
  void an_exit_code_that_nobody_could_see_is_null_and_the_reason_says_so() throws Exception {
    run("exec sleep 600");
    open().startReported(instance, "op_1");
    var supervisor = folder().supervisor().orElseThrow();

    Posix.kill(supervisor.pid(), Posix.SIGKILL);
    await().until(() -> supervisor.find().isEmpty());
    assertThat(main(1).find()).isPresent();
    Posix.kill(main(1).pid(), Posix.SIGKILL);

    await().untilAsserted(() -> assertThat(ended().reason()).contains("so is the supervisor"));
    assertThat(ended().exitCode()).isNull();
  }

  @Test
  void a_hangup_or_interrupt_of_its_group_does_not_lose_the_exit_code() throws Exception {
    run("trap 'exit 7' TERM; kill -TERM 0; sleep 600");
    open().startReported(instance, "op_1");

    await().untilAsserted(() -> assertThat(ended().exitCode()).isEqualTo(7));
  }

  @Test
  void an_instance_ignores_no_signal_though_the_worker_does() throws Exception {
    var interrupt = new Signal("INT");
    var before = Signal.handle(interrupt, SignalHandler.SIG_IGN);
    try {
      run("sed -n 's/SigIgn:\t//p' /proc/self/status > out.tmp; mv out.tmp out; exec sleep 600");
      await().until(() -> Files.exists(work().resolve("out")));

      var ignored = Long.parseUnsignedLong(Files.readString(work().resolve("out")).strip(), 16);
      assertThat(ignored & (1 << (interrupt.getNumber() - 1))).isZero();
    } finally {
      Signal.handle(interrupt, before);
    }
  }

  @Test
  void a_command_that_ends_at_once_was_started_all_the_same() throws Exception {
    var result = open().perform(task(1, new Action.Start(shell("exit 4"))));
    open().startReported(instance, "op_1");

    assertThat(result).isEqualTo(new Done());
    await().untilAsserted(() -> assertThat(ended().exitCode()).isEqualTo(4));
  }

  @Test
  void a_host_that_is_moved_while_no_worker_looks_knows_how_its_instances_ended() throws Exception {
    run("echo begun; while [ ! -e go ]; do sleep 0.02; done; echo gone; exit 7");
    open().startReported(instance, "op_1");
    await().until(() -> open().output().orElseThrow().printing().contains(instance));

    var moved = Files.move(root(), data.resolve("it's $HOME `id` ä \"q\" %s"));
    Files.writeString(moved.resolve(instance).resolve("work/go"), "");
    var driver = new ProcessDriver("local", 10, moved);

    await().until(() -> driver.observe().getFirst() instanceof Ended);
    assertThat(((Ended) driver.observe().getFirst()).exitCode()).isEqualTo(7);
    assertThat(ProcessHost.log(moved, instance)).hasContent("begun\ngone");
    assertThat(driver.perform(task(2, new Action.Start(spec())))).isEqualTo(new Done());
    await().until(() -> Files.exists(moved.resolve(instance).resolve("work/started")));
    assertThat(driver.perform(task(3, new Action.Remove()))).isEqualTo(new Done());
    Files.createDirectories(root());
  }

  @Test
  void a_claim_whose_owner_died_before_the_start_is_taken_over() throws Exception {
    var run = ProcessRun.of(1, "op_1", spec());
    var host = new HostFolder(root());
    host.write(new InstanceRecord(instance, 1, DesiredState.RUNNING, run));
    host.run(instance, run).claim();

    open().perform(start(1));

    await().untilAsserted(() -> assertThat(starts(instance)).isEqualTo(1));
    assertThat(main(1).find()).isPresent();
  }

  @Test
  void a_worker_that_died_before_the_launch_is_made_up_for() throws Exception {
    new HostFolder(root()).write(new InstanceRecord(instance, 1, DesiredState.STARTING, null));

    open().perform(start(1));

    await().untilAsserted(() -> assertThat(starts(instance)).isEqualTo(1));
  }

  @Test
  void two_supervisors_of_one_run_start_it_once() throws Exception {
    open().perform(start(1));
    await().until(() -> starts(instance) == 1);

    var late =
        new ProcessBuilder(
                "sh",
                root().resolve("scripts/supervise.sh").toString(),
                root().resolve(instance).toString(),
                "1")
            .start();

    assertThat(late.waitFor()).isZero();
    assertThat(starts(instance)).isEqualTo(1);
  }

  @Test
  void many_deliveries_at_once_start_one_process() throws Exception {
    var workers = new ArrayList<Thread>();
    for (int i = 0; i < 8; i++) {
      var driver = open();
      workers.add(Thread.startVirtualThread(() -> performQuietly(driver, start(1))));
    }
    for (var worker : workers) {
      worker.join();
    }

    await().until(() -> starts(instance) >= 1);
    assertThat(starts(instance)).isEqualTo(1);
  }

  @Test
  void words_and_environment_arrive_to_the_byte() throws Exception {
    var odd = "Á ý 'quoted' \"double\" $HOME `x` \\ * 日本語 🦊\nnext";
    var command =
        List.of(
            "sh",
            "-c",
            "printf %s \"$1|$ODD\" > out.tmp; mv out.tmp out; exec sleep 600",
            "-",
            odd);

    open().perform(task(1, new Action.Start(spec(command, Map.of("ODD", odd, "a.b", "c")))));

    await().until(() -> Files.exists(work().resolve("out")));
    assertThat(Files.readString(work().resolve("out"))).isEqualTo(odd + "|" + odd);
  }

  @Test
  void the_environment_is_small_and_holds_nothing_of_the_worker() throws Exception {
    run("env > out.tmp; mv out.tmp out; exec sleep 600");

    await().until(() -> Files.exists(work().resolve("out")));
    assertThat(Files.readAllLines(work().resolve("out")))
        .extracting(line -> line.substring(0, line.indexOf('=')))
        .containsOnly(
            "PATH",
            "HOME",
            "LANG",
            "PWD",
            "MUSTER_INSTANCE_ID",
            "MUSTER_INSTANCE_NAME",
            "MUSTER_REGION",
            "MUSTER_RUN_ID");
  }

  @Test
  void without_a_command_the_bot_beats() throws Exception {
    open().perform(task(1, new Action.Start(InstanceSpec.bot("happy-fox", "us-east-1"))));

    await()
        .untilAsserted(
            () ->
                assertThat(ProcessHost.log(root(), instance))
                    .content()
                    .contains("happy-fox heartbeat 2"));
  }

  @Test
  void what_cannot_be_run_is_refused_with_the_reason() throws Exception {
    var text = Files.writeString(data.resolve("text"), "no program");

    assertThat(refusal(spec(List.of("no-such-program"), Map.of()))).contains("is not found");
    assertThat(refusal(spec(List.of("/no/such"), Map.of()))).contains("is not found");
    assertThat(refusal(spec(List.of(text.toString()), Map.of()))).contains("is not executable");
    assertThat(refusal(spec(List.of("sh"), Map.of("A=B", "c")))).contains("holds '='");
    assertThat(refusal(spec(List.of("sh", "a\0b"), Map.of()))).contains("U+0000");
    assertThat(alive(instance)).isEmpty();
  }

  @Test
  void images_are_refused() throws Exception {
    var image =
        new InstanceSpec("x", "r", "nginx:1", List.of(), Map.of(), null, null, RestartPolicy.NEVER);

    assertThat(refusal(image)).contains("not images");
  }

  @Test
  void a_refused_start_leaves_the_run_before_it_alone() throws Exception {
    run("exec sleep 600");
    var old = main(1);

    open().perform(task(2, new Action.Start(spec(List.of("no-such-program"), Map.of()))));

    assertThat(old.find()).isPresent();
  }

  @Test
  void what_an_ended_run_left_behind_is_ended_by_reconciling() throws Exception {
    run("(setsid sleep 600 &) ; exit 0");
    var driver = open();
    driver.startReported(instance, "op_1");
    await().until(() -> ended().exitCode() != null);
    assertThat(alive(instance)).isNotEmpty();

    driver.endReported(instance, "op_1");
    driver.reconcile();

    assertThat(alive(instance)).isEmpty();
  }

  @Test
  void reconciling_leaves_alone_what_should_run_and_what_it_does_not_know() throws Exception {
    run("exec sleep 600");
    var stranger = new ProcessBuilder("sleep", "600");
    stranger.environment().put("MUSTER_INSTANCE_ID", Ids.newInstance());
    var process = stranger.start();

    open().reconcile();

    assertThat(main(1).find()).isPresent();
    assertThat(process.isAlive()).isTrue();
    process.destroyForcibly();
  }

  @Test
  void a_pid_of_another_boot_is_not_trusted() throws Exception {
    run("exec sleep 600");
    open().startReported(instance, "op_1");
    var main = main(1);
    var pid = folder().path().resolve("pid");
    Files.writeString(pid, "%d %d other-boot".formatted(main.pid(), main.startTicks()));
    Files.writeString(folder().path().resolve("supervisor"), Files.readString(pid));

    assertThat(ended().exitCode()).isNull();
    assertThat(ended().reason()).contains("started anew");
  }

  @Test
  void a_sample_measures_the_tree() throws Exception {
    run(
        "held=$(head -c 4000000 /dev/zero | tr '\\0' x);"
            + " head -c 3000000 /dev/zero > big; while :; do :; done");
    await()
        .until(
            () ->
                Files.exists(work().resolve("big"))
                    && Files.size(work().resolve("big")) == 3_000_000);
    var driver = open();

    await()
        .untilAsserted(
            () -> {
              var sample = driver.sample(List.of(instance)).getFirst();
              assertThat(sample.cpuPercent()).isGreaterThan(1);
              assertThat(sample.memoryMb()).isPositive();
              assertThat(sample.diskMb()).isEqualTo(3);
            });
  }

  @Test
  void the_time_of_a_stop_counts_from_its_first_signal() throws Exception {
    var driver = new ProcessDriver("local", 10, root(), UserIds.DEFAULT, root(), LONG);
    run(
        "trap 'for i in $(seq 400); do sleep 0.05; done; touch outlived' TERM; touch up;"
            + " while :; do sleep 0.05; done");
    await().until(() -> Files.exists(root().resolve(instance).resolve("work/up")));
    folder().noteAskedToStop();
    Files.setLastModifiedTime(
        folder().path().resolve("stop"), FileTime.from(Instant.now().minus(LONG)));

    driver.perform(task(2, new Action.Clear()));

    assertThat(root().resolve(instance).resolve("work/outlived")).doesNotExist();
  }

  private void run(String script) throws Exception {
    assertThat(open().perform(task(1, new Action.Start(shell(script))))).isEqualTo(new Done());
  }

  private String refusal(InstanceSpec spec) throws Exception {
    return ((Refused) open().perform(task(1, new Action.Start(spec)))).reason();
  }

  private Ended ended() throws Exception {
    var seen = open().observe().getFirst();
    assertThat(seen).isInstanceOf(Ended.class);
    return (Ended) seen;
  }

  private ProcessIdentity main(long sequence) throws IOException {
    return new RunFolder(root().resolve(instance).resolve("runs/" + sequence)).main().orElseThrow();
  }

  private RunFolder folder() {
    return new RunFolder(root().resolve(instance).resolve("runs/1"));
  }

  private List<OsProcess> alive(String instanceId) throws IOException {
    return ProcessHost.alive(instanceId);
  }

  private Path root() {
    return data.resolve("my hosts/local");
  }

  private Path work() {
    return root().resolve(instance).resolve("work");
  }

  private static void performQuietly(HostDriver driver, Task task) {
    try {
      driver.perform(task);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static InstanceSpec shell(String script) {
    return ProcessHost.shell(script);
  }

  private static InstanceSpec spec(List<String> command, Map<String, String> env) {
    return ProcessHost.spec(command, env);
  }
}
