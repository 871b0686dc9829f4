package dev.muster.worker.driver.process.cgroup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.events.instance.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Machines of each kind, each a folder that stands for its file system. */
class CgroupsTest {

  private static final Limits LIMITS = new Limits(1.5, 64, 7, 20);
  private static final String PID = "" + ProcessHandle.current().pid();

  @TempDir Path root;

  @Test
  void version_2_is_written_as_the_kernel_takes_it() throws Exception {
    var service = unified("/system.slice/muster.service", PID);
    var run = prepared(service.resolve("muster-box/inst_a.1"));

    var cgroup = Cgroups.open("muster-box", root).make("inst_a.1", LIMITS).orElseThrow();

    assertThat(cgroup.folders()).containsExactly(run);
    assertThat(run.resolve("memory.max")).hasContent("67108864");
    assertThat(run.resolve("memory.swap.max")).hasContent("0");
    assertThat(run.resolve("cpu.max")).hasContent("150000 100000");
    assertThat(run.resolve("pids.max")).hasContent("20");
    assertThat(cgroup.joinFiles()).containsExactly(run.resolve("cgroup.procs"));
  }

  @Test
  void a_platform_of_version_2_moves_to_a_leaf_before_it_gives_controllers_on() throws Exception {
    var service = unified("/system.slice/muster.service", PID);

    var cgroups = Cgroups.open("muster-box", root);

    assertThat(cgroups.limits()).containsExactly("cpus", "memory_mb", "pids");
    assertThat(cgroups.obstacle()).isEmpty();
    assertThat(service.resolve("muster-platform/cgroup.procs")).hasContent(PID);
    assertThat(words(service.resolve("cgroup.subtree_control")))
        .containsExactlyInAnyOrder("+cpu", "+memory", "+pids");
  }

  @Test
  void one_that_was_moved_makes_its_groups_beside_itself() throws Exception {
    unified("/muster.service/muster-platform", PID);
    var service = prepared(root.resolve("sys/fs/cgroup/muster.service"));
    Files.writeString(service.resolve("cgroup.controllers"), "cpu memory pids");
    Files.writeString(service.resolve("cgroup.subtree_control"), "cpu memory pids");

    var cgroups = Cgroups.open("muster-box", root);

    assertThat(cgroups.limits()).hasSize(3);
    assertThat(cgroups.make("inst_a.1", Limits.NONE).orElseThrow().folders())
        .containsExactly(service.resolve("muster-box/inst_a.1"));
  }

  @Test
  void a_cgroup_of_version_2_with_others_in_it_is_left_alone() throws Exception {
    var session = unified("/user.slice/session-1.scope", PID + "\n1");

    var cgroups = Cgroups.open("muster-box", root);

    assertThat(cgroups.limits()).isEmpty();
    assertThat(cgroups.obstacle()).contains(session + " has processes of others", "Delegate=yes");
    assertThat(cgroups.make("inst_a.1", Limits.NONE)).isEmpty();
    assertThat(session.resolve("muster-platform")).doesNotExist();
  }

  @Test
  void what_version_2_counts_is_read() throws Exception {
    Files.writeString(
        root.resolve("memory.events"), "low 0\noom 9\noom_kill 2\noom_group_kill 1\n");
    Files.writeString(root.resolve("memory.current"), "5000\n");
    Files.writeString(root.resolve("memory.stat"), "anon 1\ninactive_file 1000\n");
    Files.writeString(root.resolve("cpu.stat"), "usage_usec 2500000\nuser_usec 1\n");
    var cgroup = new Cgroup(List.of(root));

    assertThat(cgroup.oomKills()).isEqualTo(2);
    assertThat(cgroup.memoryBytes()).isEqualTo(OptionalLong.of(4000));
    assertThat(cgroup.cpuSeconds()).contains(2.5);
  }

  @Test
  void version_1_is_written_controller_by_controller_below_the_own_cgroup() throws Exception {
    proc(
        """
        30 1 0:1 / /sys/fs/cgroup/cpu,cpuacct rw - cgroup cgroup rw,cpu,cpuacct
        31 1 0:2 /docker/abc /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory
        32 1 0:3 / /sys/fs/cgroup/pids rw - cgroup cgroup rw,pids
        33 1 0:4 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw
        """,
        "3:memory:/docker/abc/x\n2:pids:/\n1:cpu,cpuacct:/a\n0::/\n");
    var mounts = root.resolve("sys/fs/cgroup");
    var cpu = files(mounts.resolve("cpu,cpuacct/a/h/r.1"), "cpu.cfs_period_us", "cpu.cfs_quota_us");
    var memory =
        files(
            mounts.resolve("memory/x/h/r.1"),
            "memory.limit_in_bytes",
            "memory.memsw.limit_in_bytes");
    var pids = files(mounts.resolve("pids/h/r.1"), "pids.max");
    Files.createDirectories(mounts.resolve("unified"));

    var cgroups = Cgroups.open("h", root);
    var cgroup = cgroups.make("r.1", new Limits(0.005, 64, null, 20)).orElseThrow();

    assertThat(cgroups.limits()).containsExactly("cpus", "memory_mb", "pids");
    assertThat(cgroup.folders()).containsExactlyInAnyOrder(cpu, memory, pids);
    assertThat(memory.resolve("memory.limit_in_bytes")).hasContent("67108864");
    assertThat(memory.resolve("memory.memsw.limit_in_bytes")).hasContent("67108864");
    assertThat(cpu.resolve("cpu.cfs_period_us")).hasContent("1000000");
    assertThat(cpu.resolve("cpu.cfs_quota_us")).hasContent("5000");
    assertThat(pids.resolve("pids.max")).hasContent("20");
    assertThat(cgroups.all()).containsOnlyKeys("r.1");
  }

  @Test
  void what_version_1_counts_is_read() throws Exception {
    var memory = Files.createDirectory(root.resolve("memory"));
    var cpu = Files.createDirectory(root.resolve("cpuacct"));
    Files.writeString(memory.resolve("memory.oom_control"), "oom_kill_disable 0\noom_kill 1\n");
    Files.writeString(memory.resolve("memory.usage_in_bytes"), "5000\n");
    Files.writeString(memory.resolve("memory.stat"), "inactive_file 9\ntotal_inactive_file 1000\n");
    Files.writeString(cpu.resolve("cpuacct.usage"), "2500000000\n");
    Files.writeString(cpu.resolve("cpu.stat"), "nr_periods 3\nnr_throttled 1\n");
    var cgroup = new Cgroup(List.of(memory, cpu));

    assertThat(cgroup.oomKills()).isEqualTo(1);
    assertThat(cgroup.memoryBytes()).isEqualTo(OptionalLong.of(4000));
    assertThat(cgroup.cpuSeconds()).contains(2.5);
  }

  @Test
  void a_machine_without_cgroups_says_so() throws Exception {
    proc("20 1 0:1 / / rw - ext4 /dev/vda rw\n", "");

    var cgroups = Cgroups.open("muster-box", root);

    assertThat(cgroups.limits()).isEmpty();
    assertThat(cgroups.obstacle()).isEqualTo("the machine has no cgroup controllers");
    assertThat(cgroups.all()).isEmpty();
  }

  private Path unified(String own, String processes) throws IOException {
    proc("30 1 0:1 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n", "0::" + own + "\n");
    var folder = prepared(root.resolve("sys/fs/cgroup" + own));
    Files.writeString(folder.resolve("cgroup.controllers"), "cpuset cpu io memory pids\n");
    Files.writeString(folder.resolve("cgroup.procs"), processes + "\n");
    return folder;
  }

  private static Path prepared(Path folder) throws IOException {
    return files(
        folder,
        "cgroup.type",
        "cgroup.subtree_control",
        "memory.max",
        "memory.swap.max",
        "cpu.max",
        "pids.max");
  }

  private static Path files(Path folder, String... names) throws IOException {
    Files.createDirectories(folder);
    for (var name : names) {
      Files.writeString(folder.resolve(name), "");
    }
    return folder;
  }

  private void proc(String mountinfo, String cgroup) throws IOException {
    var self = Files.createDirectories(root.resolve("proc/self"));
    Files.writeString(self.resolve("mountinfo"), mountinfo);
    Files.writeString(self.resolve("cgroup"), cgroup);
  }

  private static List<String> words(Path file) throws IOException {
    return List.of(Files.readString(file).strip().split(" "));
  }
}
