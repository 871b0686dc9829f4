package dev.muster.worker.driver.docker;

import dev.muster.worker.driver.HostShells;
import dev.muster.worker.driver.ShellRequest;
import dev.muster.worker.driver.ShellResult;
import dev.muster.worker.driver.ShellResult.NoShell;
import dev.muster.worker.driver.ShellResult.Opened;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** Opens shells in runs, as the run's user and within its limits. */
final class ContainerShells implements HostShells {

  /** The kernel takes 128 KiB in one word. */
  private static final int LONGEST = 100_000;

  /** Bash where there is one: people expect it. */
  private static final String INTERACTIVE = "command -v bash >/dev/null && exec bash; exec sh";

  private final DockerEngine engine;
  private final HostInstances instances;
  private final ContainerPrograms programs;
  private final String host;

  ContainerShells(
      DockerEngine engine, HostInstances instances, ContainerPrograms programs, String host) {
    this.engine = engine;
    this.instances = instances;
    this.programs = programs;
    this.host = host;
  }

  @Override
  public ShellResult open(String instanceId, ShellRequest request) {
    // A pause must not meet a shell that is about to begin.
    return HostInstances.alone(instanceId, () -> opened(instanceId, request));
  }

  private ShellResult opened(String instanceId, ShellRequest request) {
    var run = instances.one(instanceId).wantedRun();
    if (run.isEmpty()) {
      return new NoShell("nothing of it runs on host " + host);
    }
    if (run.get().isPaused()) {
      return new NoShell("it is paused; resume it first");
    }
    if (!run.get().isAlive()) {
      return new NoShell("it has ended");
    }
    if (request.command().filter(command -> command.length() > LONGEST).isPresent()) {
      return new NoShell("the command is too long");
    }
    return programs.has(run.get().id(), "sh")
        ? open(run.get(), request)
        : new NoShell("its image has no sh");
  }

  private ShellResult open(EngineContainer run, ShellRequest request) {
    var mark = mark();
    var env = new ArrayList<>(List.of(mark));
    request.terminal().ifPresent(terminal -> env.add("TERM=" + terminal.type()));
    var tty = request.terminal().isPresent();
    var path = "/containers/%s/exec".formatted(run.id());
    var created =
        engine.post(
            path,
            Map.of(
                "AttachStdin",
                true,
                "AttachStdout",
                true,
                "AttachStderr",
                true,
                "Tty",
                tty,
                "Env",
                env,
                "Cmd",
                words(request)));
    // It has ended, or somebody has paused it.
    if (created.status() == 404 || created.status() == 409) {
      return new NoShell(created.message());
    }
    var id = engine.ok(created, path).json().path("Id").asString("");
    var shell = new ContainerShell(engine, run, id, mark, tty);
    request.terminal().ifPresent(terminal -> shell.resize(terminal.columns(), terminal.rows()));
    return new Opened(shell);
  }

  /** By what is in their environment the processes of one shell are found again. */
  private static String mark() {
    var bytes = new byte[8];
    ThreadLocalRandom.current().nextBytes(bytes);
    return "MUSTER_SHELL=" + HexFormat.of().formatHex(bytes);
  }

  private static List<String> words(ShellRequest request) {
    if (request.command().isPresent()) {
      return List.of("sh", "-c", request.command().get().replace("\0", ""));
    }
    return request.terminal().isPresent() ? List.of("sh", "-c", INTERACTIVE) : List.of("sh");
  }
}
