package dev.muster.worker.driver.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
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
import dev.muster.worker.driver.process.Probes.Probe;
import dev.muster.worker.host.Host;
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

/** What an instance can do to the platform, to other instances and to its host. Needs root. */
class IsolationTest {

  private static final Path PAGE = Path.of("../docs/security.md");
  private static final String BEGIN = "<!-- probes: begin -->\n";
  private static final String HEADER =
      "| tried | `user` | `namespace` | `none` |\n| --- | --- | --- | --- |\n";
  private static final String END = "<!-- probes: end -->\n";

  @TempDir static Path data;

  private static Path root;
  private static ProcessDriver driver;
  private static ProcessHost other;

  @BeforeAll
  static void start() throws Exception {
    Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx--x--x"));
    root = data.resolve("hosts/local");
    driver = open();
    assumeTrue(driver.features().isolation().isUser(), driver.features().isolation().reason());
    AtomicFile.write(key(), "secret".getBytes(UTF_8));
    Files.copy(Path.of("/usr/bin/id"), data.resolve("id"));
    Files.setPosixFilePermissions(data.resolve("id"), PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.setAttribute(data.resolve("id"), "unix:mode", 0104755);
    other = started("umask 022; echo secret | tee secret; exec sleep 600");
    await().until(() -> Files.exists(other.work().resolve("secret")));
  }

  @AfterAll
  static void end() throws Exception {
    ProcessHost.endAll(root);
  }

  @Test
  void every_probe_ends_as_the_page_says() throws Exception {
    assertThat(new Probes(data).run())
        .containsExactlyElementsOf(Probe.all().stream().map(Probe::asRoot).toList());
  }

  @Test
  void the_page_has_every_probe() throws IOException {
    var page = Files.readString(PAGE);
    var table = Probe.all().stream().map(Probe::row).collect(joining("", BEGIN + HEADER, END));
    if ("write".equals(System.getProperty("muster.docs"))) {
      page =
          page.substring(0, page.indexOf(BEGIN))
              + table
              + page.substring(page.indexOf(END) + END.length());
      Files.writeString(PAGE, page);
    }

    assertThat(page).contains(table);
  }

  @Test
  void what_another_worker_has_in_hand_is_left_to_it_at_a_start() throws Exception {
    var id = Ids.newInstance();
    var made = PosixFilePermissions.fromString("rwx--x--x");
    var folder = Files.setPosixFilePermissions(Files.createDirectory(root.resolve(id)), made);

    try (var _ = new HostLocks(root.resolve("locks")).instance(id, Duration.ZERO)) {
      open();
      assertThat(Files.getPosixFilePermissions(folder)).isEqualTo(made);
    }

    open();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwx------");
    Files.delete(folder);
  }

  @Test
  void nothing_of_it_goes_on_while_it_is_paused() throws Exception {
    var host =
        started(
            "setsid -f env -i sleep 601; setsid -f env -i sh -c '%s'; exec sleep 600"
                .formatted(SPIN));
    await().until(() -> Files.exists(host.work().resolve("spins")));

    assertThat(perform(host, 2, new Action.Pause())).isEqualTo(new Done());
    assertThat(ofUser(user(host))).isNotEmpty().allMatch(p -> p.stopped() || p.inKernel());

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
    assertThat(user).isNotEqualTo(user(other));
    await().untilAsserted(() -> assertThat(host.log()).hasContent("" + user));

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
    assertThat(host.open().features().isolation().kind()).isEqualTo(Isolation.NONE);
    Files.createLink(host.work().resolve("hard"), key());
    Files.setPosixFilePermissions(old, PosixFilePermissions.fromString("rwx--x--x"));

    var opened = new Host("local", "us-east-1", "process", 20, host.open());
    assertThat(opened.driver().features().isolation().kind()).isEqualTo(Isolation.USER);
    assertThat(opened.isolation()).isEqualTo(Isolation.NONE);
    assertThat(opened.warnings())
        .filteredOn(line -> line.endsWith("until their next restart: " + host.instance()))
        .hasSize(1);
    assertThat(host.perform(2, new Action.Pause())).isEqualTo(new Done());
    assertThat(host.alive()).isNotEmpty().allMatch(p -> p.stopped() && p.isOwn());
    host.perform(3, new Action.Start(ProcessHost.shell("echo x >> file; exec sleep 600")));

    await().untilAsserted(() -> assertThat(host.work().resolve("file")).hasContent("x"));
    assertThat(opened.isolation()).isEqualTo(Isolation.USER);
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
    return ((ShellResult.Opened) driver.shells().orElseThrow().open(host.instance(), request))
        .shell();
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
