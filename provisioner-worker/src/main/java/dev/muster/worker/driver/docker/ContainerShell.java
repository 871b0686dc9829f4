package dev.muster.worker.driver.docker;

import dev.muster.worker.driver.HostFaultException;
import dev.muster.worker.driver.Shell;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A process that the engine has put into a run. */
final class ContainerShell implements Shell {

  private static final Logger log = LoggerFactory.getLogger(ContainerShell.class);

  private static final Duration BEGINNING = Duration.ofSeconds(10);
  private static final long GRACE_MS = 500;

  /** An engine knows of an end a little after its stream. */
  private static final long SETTLING_MS = 20;

  private static final int KILLED = 128 + 9;

  /** An engine ends no process that it has put into a container, so another one there does. */
  private static final String KILL =
      "for p in /proc/[0-9]*; do tr '\\0' '\\n"
          + "' <$p/environ | grep -qx \"$0\" && kill -$1 ${p#/proc/}; done 2>/dev/null";

  private final DockerEngine engine;
  private final EngineContainer run;
  private final String id;
  private final String mark;
  private final AttachedExec attached;
  private final OutputStream input;
  private final ShellStreams streams;
  private final CountDownLatch over = new CountDownLatch(1);
  private final CompletableFuture<Integer> exit = new CompletableFuture<>();

  /**
   * Starts it.
   *
   * @param id of the process, at the engine
   * @param mark in its environment, and in that of no other
   */
  ContainerShell(DockerEngine engine, EngineContainer run, String id, String mark, boolean tty) {
    this.engine = engine;
    this.run = run;
    this.id = id;
    this.mark = mark;
    this.attached = engine.attached(id, Map.of("Detach", false, "Tty", tty));
    this.input = attached.input();
    try {
      this.streams = ShellStreams.of(attached.output(), tty);
    } catch (IOException e) {
      throw engine.away(e);
    }
    awaitBegin();
    Thread.ofVirtual().name("shell-out").start(() -> streams.copy(over::countDown));
    Thread.ofVirtual().name("shell-exit").start(this::await);
  }

  private void awaitBegin() {
    var until = System.nanoTime() + BEGINNING.toNanos();
    while (!hasBegun()) {
      if (System.nanoTime() > until) {
        close();
        throw new HostFaultException("a shell does not begin in " + run.name());
      }
      LockSupport.parkNanos(5_000_000);
    }
  }

  private boolean hasBegun() {
    var shell = engine.find("/exec/%s/json".formatted(id));
    return shell.isEmpty()
        || shell.get().path("Pid").asInt(0) > 0
        || !shell.get().path("Running").asBoolean(true) && shell.get().path("ExitCode").isNumber();
  }

  private void await() {
    try {
      // Whoever reads slowly learns of the exit all the same.
      boolean isOver = over.await(GRACE_MS, TimeUnit.MILLISECONDS);
      var code = exitCode();
      while (code.isEmpty()) {
        if (isOver) {
          Thread.sleep(SETTLING_MS);
        }
        isOver = over.await(GRACE_MS, TimeUnit.MILLISECONDS);
        code = exitCode();
      }
      exit.complete(code.get());
    } catch (InterruptedException | HostFaultException e) {
      exit.completeExceptionally(e);
    }
  }

  private Optional<Integer> exitCode() {
    var shell = engine.find("/exec/%s/json".formatted(id));
    if (shell.isEmpty()) {
      return Optional.of(KILLED);
    }
    return shell.get().path("Running").asBoolean(false)
        ? Optional.empty()
        : Optional.of(shell.get().path("ExitCode").asInt(KILLED));
  }

  @Override
  public OutputStream input() {
    return input;
  }

  @Override
  public InputStream output() {
    return streams.output();
  }

  @Override
  public InputStream errors() {
    return streams.errors();
  }

  @Override
  public void resize(int columns, int rows) {
    engine.post("/exec/%s/resize?w=%d&h=%d".formatted(id, columns, rows));
  }

  @Override
  public CompletableFuture<Integer> exit() {
    return exit;
  }

  @Override
  public void end() {
    Thread.ofVirtual().name("shell-end").start(this::hangUp);
  }

  private void hangUp() {
    try {
      input.close();
      if (!exit.isDone()) {
        signal("HUP");
        if (!over.await(GRACE_MS, TimeUnit.MILLISECONDS)) {
          signal("KILL");
        }
      }
    } catch (IOException | HostFaultException e) {
      log.warn(
          "a shell cannot be hung up instance_id={} cause={}", run.instanceId(), String.valueOf(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      close();
    }
  }

  private void close() {
    try {
      attached.close();
    } catch (IOException e) {
      log.debug("a shell is closed already", e);
    }
  }

  private boolean signal(String signal) {
    return HostInstances.alone(run.instanceId(), () -> isSent(signal));
  }

  private boolean isSent(String signal) {
    var created =
        engine.post(
            "/containers/%s/exec".formatted(run.id()),
            Map.of("Cmd", List.of("sh", "-c", KILL, mark, signal)));
    return created.isOk()
        && engine
            .post(
                "/exec/%s/start".formatted(created.json().path("Id").asString("")),
                Map.of("Detach", true))
            .isOk();
  }
}
