package dev.muster.worker.driver.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.events.instance.Ids;
import dev.muster.worker.driver.Action;
import dev.muster.worker.driver.ActionResult.Done;
import dev.muster.worker.driver.Isolation;
import dev.muster.worker.driver.ShellRequest;
import dev.muster.worker.driver.ShellResult;
import dev.muster.worker.driver.Task;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * Tries from inside an instance what it must not do to the platform, to another instance and to the
 * machine, as whoever runs it. As a program, it says what came of it, for a platform that is
 * another user than the test.
 */
final class Probes {

  /** In the command line of everything that tries to escape. */
  private static final String MARK = "probe_of_muster";

  private final Path data;
  private final ProcessDriver driver;

  /** A script, and whether it works as root, with namespaces alone, and without. */
  record Probe(String root, String namespace, String none, String script) {

    String asRoot() {
      return root + " " + script;
    }

    String inNamespace() {
      return namespace + " " + script;
    }

    String without() {
      return none + " " + script;
    }

    /** Of the table in docs. */
    String row() {
      return "| `%s` | %s | %s | %s |\n"
          .formatted(script.replace("|", "\\|"), root, namespace, none);
    }

    static List<Probe> all() {
      try (InputStream file =
          Objects.requireNonNull(Probes.class.getResourceAsStream("probes.txt"))) {
        return new String(file.readAllBytes(), UTF_8)
            .lines()
            .map(line -> line.split(" ", 4))
            .map(part -> new Probe(part[0], part[1], part[2], part[3]))
            .toList();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  Probes(Path data) throws IOException {
    this.data = data;
    this.driver =
        new ProcessDriver("local", 20, root(), UserIds.DEFAULT, data, Duration.ofMillis(300));
  }

  public static void main(String[] arguments) throws Exception {
    var probes = new Probes(Path.of(arguments[0]));
    var isolation = probes.driver.features().isolation();
    System.out.println("kind " + isolation.kind() + " " + isolation.reason());
    if (!isolation.kind().equals(Isolation.NONE)) {
      // Without, what escapes is left on the machine.
      System.out.println("paused " + probes.isPausedWhole());
      System.out.println("deleted " + probes.isDeletedWhole());
    }
    probes.run().forEach(System.out::println);
    ProcessHost.endAll(probes.root());
    System.exit(0);
  }

  ProcessDriver driver() {
    return driver;
  }

  Path root() {
    return data.resolve("hosts/local");
  }

  /** For each probe, a line that says whether it works. */
  List<String> run() throws Exception {
    for (var name : List.of("audit.key", "hosts/ssh_host_ed25519_key", "home/secret")) {
      Files.createDirectories(data.resolve(name).resolveSibling(""));
      AtomicFile.write(data.resolve(name), "secret".getBytes(UTF_8));
    }
    SessionKey.add("muster_probe");
    var shared = shared();
    var prober = started("exec sleep 600");
    var other = started("umask 022; echo secret | tee secret; exec sleep 600");
    while (!Files.exists(other.work().resolve("secret"))) {
      Thread.onSpinWait();
    }
    var script =
        Probe.all().stream()
            .map(
                probe ->
                    "{ ( %s\n) </dev/null >/dev/null 2>&1; } && echo works || echo fails\n"
                        .formatted(probe.script()))
            .collect(Collectors.joining("", names(prober, other, shared), ""));
    Files.writeString(prober.work().resolve("probes.sh"), script);
    var request = new ShellRequest(Optional.of("sh ./probes.sh 2>/dev/null"), Optional.empty());
    var shell =
        ((ShellResult.Opened) driver.shells().orElseThrow().open(prober.instance(), request))
            .shell();
    var said = new String(shell.output().readAllBytes(), UTF_8).lines().iterator();
    for (var file : shared) {
      Files.deleteIfExists(file);
    }
    return Probe.all().stream().map(probe -> said.next() + " " + probe.script()).toList();
  }

  private static List<Path> shared() throws IOException {
    var shared = Files.createTempFile(Path.of("/tmp"), "muster", ".txt");
    var inMemory = Files.createFile(Path.of("/dev/shm").resolve(shared.getFileName()));
    var locks = Files.createFile(Path.of("/run/lock").resolve(shared.getFileName()));
    var files = List.of(shared, inMemory, locks);
    for (var file : files) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
    }
    return files;
  }

  // docs/security.md says what each of these is.
  private String names(ProcessHost prober, ProcessHost other, List<Path> shared)
      throws IOException {
    var owner = WorkFolder.owner(other.work());
    return "D=%s H=%s O=%s W=%s I=%s G=%s X=%s P=%d S=%d Q=%d M=%d U=%d T=%s N=%s C=%s\n"
        .formatted(
            data,
            root(),
            root().resolve(other.instance()),
            other.work(),
            other.instance(),
            System.getProperty("user.home"),
            System.getProperty("muster.programs", "/usr/bin"),
            ProcessHandle.current().pid(),
            run(prober).supervisor().orElseThrow().pid(),
            run(other).main().orElseThrow().pid(),
            own(prober),
            owner == OsProcess.selfUser() ? 1 : owner,
            shared.getFirst(),
            Files.readSymbolicLink(Path.of("/proc/self/ns/mnt")),
            Files.readSymbolicLink(Path.of("/proc/self/ns/ipc")));
  }

  // As the instance counts.
  private long own(ProcessHost prober) throws IOException {
    var command =
        InstanceTree.of("", OptionalInt.empty(), true, Optional.of(run(prober))).command();
    var status =
        Files.readString(Path.of("/proc/%d/status".formatted(command.orElseThrow().pid())));
    var pids = status.lines().filter(line -> line.startsWith("NSpid:")).findFirst().orElseThrow();
    return Long.parseLong(pids.substring(pids.lastIndexOf('\t') + 1));
  }

  boolean isPausedWhole() throws Exception {
    var host = started(escaping());
    while (marked().size() < 4) {
      Thread.onSpinWait();
    }
    perform(host, 2, new Action.Pause());
    var whole = marked().stream().allMatch(p -> p.stopped() || p.inKernel());
    perform(host, 3, new Action.Resume());
    whole &= marked().stream().noneMatch(OsProcess::stopped);
    perform(host, 4, new Action.Remove());
    return whole;
  }

  boolean isDeletedWhole() throws Exception {
    var host =
        started(
            "echo 'touch chain; trap \"\" TERM HUP; sh ./next %s & exit' > next\n".formatted(MARK)
                + "setsid -f env -i PATH=\"$PATH\" sh ./next\n"
                + escaping());
    while (!Files.exists(host.work().resolve("chain"))) {
      Thread.onSpinWait();
    }
    perform(host, 2, new Action.Remove());
    return marked().isEmpty() && !Files.exists(root().resolve(host.instance()));
  }

  private static String escaping() {
    return """
    setsid -f env -i sh -c 'sleep 601; : %1$s'
    setsid -f env -i sh -c 'while :; do :; done; : %1$s'
    setsid -f sh -c 'trap "" TERM HUP; unset MUSTER_INSTANCE_ID; while :; do sleep 1; done; : %1$s'
    trap '' TERM; sh -c 'sleep 600; : %1$s'
    """
        .formatted(MARK);
  }

  private static List<OsProcess> marked() throws IOException {
    return OsProcess.all().stream()
        .filter(OsProcess::alive)
        .filter(process -> Probes.commandLine(process).contains(MARK))
        .filter(process -> !commandLine(process).contains("setsid"))
        .toList();
  }

  private static String commandLine(OsProcess process) {
    try {
      return Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"), UTF_8);
    } catch (IOException e) {
      return "";
    }
  }

  private ProcessHost started(String script) throws Exception {
    var host = new ProcessHost(root(), Ids.newInstance());
    var done = perform(host, 1, new Action.Start(ProcessHost.shell(script)));
    if (!(done instanceof Done)) {
      throw new IllegalStateException("" + done);
    }
    return host;
  }

  private Object perform(ProcessHost host, long sequence, Action action) throws Exception {
    return driver.perform(new Task(host.instance(), "op_" + sequence, sequence, action));
  }

  private RunFolder run(ProcessHost host) {
    return new RunFolder(root().resolve(host.instance()).resolve("runs/1"));
  }
}
