package dev.muster.worker.driver.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.muster.events.instance.Ids;
import dev.muster.worker.driver.Action;
import dev.muster.worker.driver.ActionResult.Done;
import dev.muster.worker.driver.Isolation;
import dev.muster.worker.driver.Shell;
import dev.muster.worker.driver.ShellRequest;
import dev.muster.worker.driver.ShellResult;
import dev.muster.worker.driver.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What an instance can do to the platform, to other instances and to its host. Needs root. */
class IsolationTest {

  @TempDir static Path data;

  private static Path root;
  private static ProcessDriver driver;
  private static Path shared;
  private static ProcessHost prober;
  private static ProcessHost other;

  @BeforeAll
  static void start() throws Exception {
    Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx--x--x"));
    root = data.resolve("hosts/local");
    driver = open();
    assumeTrue(driver.isolation().isUser(), driver.isolation().reason());
    for (var name : List.of("audit.key", "hosts/ssh_host_ed25519_key")) {
      AtomicFile.write(data.resolve(name), "secret".getBytes(UTF_8));
    }
    Files.copy(Path.of("/usr/bin/id"), data.resolve("id"));
    Files.setPosixFilePermissions(data.resolve("id"), PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.setAttribute(data.resolve("id"), "unix:mode", 0104755);
    shared = Files.createTempFile(Path.of("/tmp"), "muster", ".txt");
    var inMemory = Path.of("/dev/shm").resolve(shared.getFileName());
    Files.createFile(inMemory);
    for (var file : List.of(shared, inMemory)) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
    }
    prober = started("exec sleep 600");
    other = started("umask 022; echo secret | tee secret; exec sleep 600");
    await().until(() -> Files.exists(other.work().resolve("secret")));
  }

  @AfterAll
  static void end() throws Exception {
    ProcessHost.endAll(root);
    Files.deleteIfExists(shared);
    Files.deleteIfExists(Path.of("/dev/shm").resolve(shared.getFileName()));
  }

  /** A script that succeeds when the probe gets through, or does not where it has to. */
  record Probe(String script, boolean through) {
    @Override
    public String toString() {
      return script + (through ? " works" : " fails");
    }
  }

  static List<Probe> probes() {
    var probes = new ArrayList<Probe>();
    denied().lines().forEach(script -> probes.add(new Probe(script, false)));
    allowed().lines().forEach(script -> probes.add(new Probe(script, true)));
    return probes;
  }

  // $D data folder, $H the host's, $O the other instance's; $P platform, $S own supervisor, $Q
  // other, $T a file of anybody's in /tmp, $N and $C the machine's namespaces
  private static String denied() {
    return """
    cat $D/audit.key
    echo x >> $D/audit.key
    cat $D/hosts/ssh_host_ed25519_key
    ls $D | grep -v '^hosts$'
    ls $D/hosts | grep -v '^local$'
    touch $D/new
    mv $D/audit.key $D/gone
    ls $H | grep -v $(basename $(dirname $HOME))
    cat $H/locks
    flock --nonblock --shared $H/locks true
    ls $H/fences
    echo 9 > $H/fences/$I
    ls $H/left
    ls $H/scripts
    cat $H/scripts/supervise.sh
    echo id >> $H/scripts/supervise.sh
    echo id >> $H/scripts/heartbeat.sh
    ln -sf /tmp $H/scripts
    mkdir $H/inst_new
    ls .. | grep -v '^work$'
    touch ../new
    mv ../work ../work2
    ln -s / ../left
    cat ../state.json
    echo x >> ../state.json
    rm ../state.json
    ls ../runs
    cat ../runs/1.sh
    cat ../runs/1.env.sh
    echo id >> ../runs/1.sh
    cat ../runs/1/pid
    echo $Q > ../runs/1/pid
    echo $Q > ../runs/1/supervisor
    echo 0 > ../runs/1/exit
    mkdir ../runs/99
    mkdir ../out
    ls ../out
    cat ../out/out.log
    echo forged >> ../out/out.log
    echo '0 0' > ../out/out.taken
    ls $O
    ls $O/work
    cat $O/work/secret
    echo x >> $O/work/secret
    touch $O/work/new
    cd $O/work
    cat $O/state.json
    cat $O/runs/1.sh
    cat $O/out/out.log
    echo forged >> $O/out/out.log
    ln $H/locks hard
    ln $O/work/secret hard
    ln -s $O/work/secret soft && cat soft
    kill -0 $P
    kill -STOP $S
    kill -0 $Q
    kill -CONT $Q
    cat /proc/$P/environ
    ls /proc/$P/fd
    cat /proc/$P/maps
    : > /proc/$P/mem
    ls /proc/$P/root/
    ls /proc/$P/cwd/
    cat /proc/$S/environ
    ls /proc/$S/fd
    : > /proc/$S/mem
    cat /proc/$Q/environ
    ls /proc/$Q/fd
    cat /proc/$Q/maps
    : > /proc/$Q/mem
    ls /proc/$Q/cwd/
    test $(id -u) = 0
    test "$($D/id -u)" = 0
    setpriv --reuid 0 true
    setpriv --reuid $U true
    setpriv --groups 0 true
    chown 0 .
    mknod disk b 8 0
    mount -t tmpfs none .
    unshare --mount true
    unshare --map-root-user cat $D/audit.key
    unshare --map-root-user kill -0 $P
    chroot / true
    nice -n -5 true && test $(nice -n -5 nice) -lt 0
    echo x > /proc/sysrq-trigger
    echo x >> /etc/passwd
    head -c 1 /dev/mem
    ls /root
    ls /var/lib/muster/uids
    touch /var/lib/muster/uids/new
    cat $T
    cat /dev/shm/$(basename $T)
    ls /proc/1
    ls /proc/$P
    ls /proc/$S
    ls /proc/$Q
    stat -c %u /proc/[0-9]* | grep -v "^$(id -u)$"
    test $(readlink /proc/self/ns/mnt) = $N
    test $(readlink /proc/self/ns/ipc) = $C
    umount /tmp
    umount /proc
    unshare --map-root-user --mount umount --lazy /tmp
    unshare --map-root-user --mount sh -c 'umount --lazy /proc; ls /proc/1'
    unshare --map-root-user --mount sh -c 'mount -t proc none /proc; ls /proc/1'
    nsenter --target $S --mount true
    nsenter --target 1 --mount true
    test -n "$(id -G | sed s/$(id -u)//)"
    """;
  }

  private static String allowed() {
    return """
    touch own && rm own
    test $(id -u) = $(stat -c %u .)
    test $(id -g) = $(id -u)
    test $(umask) = 0077
    test "$(pwd)" = "$HOME"
    cd $HOME
    grep -q 'NoNewPrivs:.1' /proc/self/status
    test $(sed -n 's/^Cap[A-Z][a-z]*:.//p' /proc/self/status | sort -u) = 0000000000000000
    test $(ls /proc/self/fd | wc -l) -le 4
    ! env | grep -v '^\\(PATH\\|HOME\\|LANG\\|PWD\\|OLDPWD\\|SHLVL\\|_\\|MUSTER_[A-Z_]*\\)='
    kill -0 $M
    cat /proc/$M/environ
    touch /tmp/own && rm /tmp/own
    touch /var/tmp/own && rm /var/tmp/own
    touch /dev/shm/own && rm /dev/shm/own
    ls /proc/$M
    echo line > /proc/$M/fd/1
    """;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("probes")
  void a_probe(Probe probe) throws Exception {
    var shell = shell(prober, names() + "\n{ " + probe.script() + "\n} >/dev/null 2>&1");

    assertThat(shell.exit().get() == 0).isEqualTo(probe.through());
  }

  private static String names() throws IOException {
    return "D=%s H=%s O=%s I=%s P=%d S=%d Q=%d M=%d U=%d T=%s N=%s C=%s"
        .formatted(
            data,
            root,
            root.resolve(other.instance()),
            other.instance(),
            ProcessHandle.current().pid(),
            run(prober).supervisor().orElseThrow().pid(),
            run(other).main().orElseThrow().pid(),
            run(prober).main().orElseThrow().pid(),
            user(other),
            shared,
            Files.readSymbolicLink(Path.of("/proc/self/ns/mnt")),
            Files.readSymbolicLink(Path.of("/proc/self/ns/ipc")));
  }

  @Test
  void nothing_of_it_goes_on_while_it_is_paused() throws Exception {
    var host =
        started(
            "setsid -f env -i sleep 601; setsid -f env -i sh -c '%s'; exec sleep 600"
                .formatted(SPIN));
    await().until(() -> Files.exists(host.work().resolve("spins")));

    assertThat(perform(host, 2, new Action.Pause())).isEqualTo(new Done());
    assertThat(ofUser(user(host))).isNotEmpty().allMatch(OsProcess::stopped);

    assertThat(perform(host, 3, new Action.Resume())).isEqualTo(new Done());
    assertThat(ofUser(user(host))).isNotEmpty().noneMatch(OsProcess::stopped);
    perform(host, 4, new Action.Remove());
  }

  private static final String SPIN = "touch spins; while :; do :; done";

  @Test
  void nothing_of_it_is_left_after_it_was_deleted() throws Exception {
    var host =
        started(
            """
            echo 'touch chain; trap "" TERM HUP; sh ./next & exit' > next
            setsid -f env -i PATH="$PATH" sh ./next
            setsid -f env -i sleep 602
            trap '' TERM
            while :; do sleep 1; done
            """);
    await().until(() -> Files.exists(host.work().resolve("chain")));
    var user = user(host);

    assertThat(perform(host, 2, new Action.Remove())).isEqualTo(new Done());

    assertThat(ofUser(user)).isEmpty();
    assertThat(root.resolve(host.instance())).doesNotExist();
    assertThat(new UserClaims(UserClaims.MACHINE).holder(user)).isEmpty();
  }

  @Test
  void a_stranger_who_has_its_id_in_the_environment_is_left_alone() throws Exception {
    var host = started("exec sleep 600");
    var words = new ArrayList<>(UserSwitch.to(user(other)));
    words.addAll(List.of("env", InstanceTree.ID_VARIABLE + "=" + host.instance(), "sleep", "600"));
    var stranger = new ProcessBuilder(words).start();
    var seen = OsProcess.read(stranger.pid()).orElseThrow();
    await().until(() -> seen.variable(InstanceTree.ID_VARIABLE).isPresent());

    perform(host, 2, new Action.Pause());
    assertThat(OsProcess.read(stranger.pid()).orElseThrow().stopped()).isFalse();
    perform(host, 3, new Action.Remove());
    driver.reconcile();

    assertThat(stranger.isAlive()).isTrue();
    stranger.destroyForcibly();
  }

  @Test
  void what_a_run_left_behind_is_ended_by_reconciling() throws Exception {
    var host = started("setsid -f env -i sleep 603; exit 0");
    driver.startReported(host.instance(), "op_1");
    await().until(() -> run(host).exitStatus().isPresent());
    driver.endReported(host.instance(), "op_1");

    driver.reconcile();

    assertThat(ofUser(user(host))).isEmpty();
  }

  @Test
  void links_in_its_folder_lead_the_platform_nowhere() throws Exception {
    var host =
        started("ln -s %s key; ln -s %s data; ln -s / all; touch ready".formatted(key(), data));
    await().until(() -> Files.exists(host.work().resolve("ready")));

    assertThat(DiskUse.bytes(host.work())).isLessThan(1 << 20);
    perform(host, 2, new Action.Start(ProcessHost.shell("sleep 600")));
    assertThat(Files.getAttribute(key(), "unix:uid")).isEqualTo(0);
    perform(host, 3, new Action.Remove());

    assertThat(root.resolve(host.instance())).doesNotExist();
    assertThat(key()).hasContent("secret");
  }

  @Test
  void a_restart_keeps_its_user_and_a_shell_has_it_too() throws Exception {
    var host = started("id -u; exec sleep 600");
    var user = user(host);
    assertThat(user).isNotEqualTo(user(other)).isNotEqualTo(user(prober));

    perform(host, 2, new Action.Start(ProcessHost.shell("id -u; exec sleep 600")));

    await().untilAsserted(() -> assertThat(host.log()).hasContent(user + "\n" + user));
    assertThat(new String(shell(host, "id -u").output().readAllBytes(), UTF_8).strip())
        .isEqualTo("" + user);
  }

  @Test
  void an_instance_of_before_goes_on_and_is_isolated_at_its_next_start(@TempDir Path old)
      throws Exception {
    var host = ProcessHost.in(old);
    host.run("echo before; touch file; exec sleep 600");
    await().until(() -> Files.exists(host.work().resolve("file")));
    assertThat(host.open().isolation().kind()).isEqualTo(Isolation.NONE);
    Files.createLink(host.work().resolve("hard"), key());
    Files.setPosixFilePermissions(old, PosixFilePermissions.fromString("rwx--x--x"));

    assertThat(host.open().isolation().kind()).isEqualTo(Isolation.USER);
    assertThat(host.perform(2, new Action.Pause())).isEqualTo(new Done());
    assertThat(host.alive()).isNotEmpty().allMatch(p -> p.stopped() && p.isOwn());
    host.perform(3, new Action.Start(ProcessHost.shell("echo x >> file; exec sleep 600")));

    await().untilAsserted(() -> assertThat(host.work().resolve("file")).hasContent("x"));
    assertThat(host.log()).hasContent("before");
    assertThat(host.work().resolveSibling("out.log")).doesNotExist();
    assertThat(Files.getAttribute(key(), "unix:uid")).isEqualTo(0);
    host.close();
  }

  @Test
  void a_copy_of_a_data_folder_shares_no_user_with_it() throws Exception {
    var copy = root.resolve(Ids.newInstance());
    var claims = new UserClaims(UserClaims.MACHINE);

    assertThat(claims.reclaim(copy, user(other))).isFalse();
    assertThat(claims.claim(copy, new UserIds(user(other), user(other) + 1)))
        .isEqualTo(user(other) + 1);
    claims.release(copy, user(other) + 1);
  }

  @Test
  void a_range_that_users_of_the_machine_have_is_refused(@TempDir Path etc) throws Exception {
    Files.writeString(etc.resolve("passwd"), "root:x:0:0::/:\nann:x:5000:5000::/:\n");
    Files.writeString(etc.resolve("subuid"), "ann:100000:65536\n");

    assertThat(new UserIds(4000, 4999).overlap(etc)).isEmpty();
    assertThat(new UserIds(4000, 5000).overlap(etc).orElseThrow()).contains("'ann'", "4000-5000");
    assertThat(new UserIds(165_535, 170_000).overlap(etc).orElseThrow()).contains("range of 'ann'");
    assertThat(new UserIds(165_536, 170_000).overlap(etc)).isEmpty();
    for (var text : List.of("", "5", "9-5", "0-70000", "1-2-3", "1000-4000000000")) {
      assertThatThrownBy(() -> UserIds.parse(text)).hasMessageContaining("muster.hosts-uids");
    }
    assertThat(UserIds.parse("5000-6000")).isEqualTo(new UserIds(5000, 6000));
  }

  private static ProcessDriver open() throws IOException {
    return new ProcessDriver("local", 20, root, UserIds.DEFAULT, data, Duration.ofMillis(300));
  }

  private static ProcessHost started(String script) throws Exception {
    var host = new ProcessHost(root, Ids.newInstance());
    assertThat(perform(host, 1, new Action.Start(ProcessHost.shell(script)))).isEqualTo(new Done());
    return host;
  }

  private static Object perform(ProcessHost host, long sequence, Action action) throws Exception {
    return driver.perform(new Task(host.instance(), "op_" + sequence, sequence, action));
  }

  private static Shell shell(ProcessHost host, String command) throws Exception {
    var request = new ShellRequest(Optional.of(command), Optional.empty());
    return ((ShellResult.Opened) driver.openShell(host.instance(), request)).shell();
  }

  private static Path key() {
    return data.resolve("audit.key");
  }

  private static RunFolder run(ProcessHost host) {
    return new RunFolder(root.resolve(host.instance()).resolve("runs/1"));
  }

  private static int user(ProcessHost host) throws IOException {
    return WorkFolder.owner(host.work());
  }

  private static List<OsProcess> ofUser(int user) throws IOException {
    return InstanceTree.of("inst_none", OptionalInt.of(user), false, Optional.empty()).all();
  }
}
