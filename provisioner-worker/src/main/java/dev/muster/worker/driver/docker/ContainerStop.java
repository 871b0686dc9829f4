package dev.muster.worker.driver.docker;

import dev.muster.worker.driver.HostFaultException;
import java.time.Duration;
import java.util.function.Predicate;

/**
 * Ends runs: SIGTERM to the main process, and SIGKILL to all when its time is over. What printed
 * stays until that was taken.
 */
final class ContainerStop {

  private static final Duration KILLING = Duration.ofSeconds(10);
  private static final long LONGEST_PAUSE_MS = 100;

  private final DockerEngine engine;
  private final HostInstances instances;
  private final Duration stopTimeout;

  ContainerStop(DockerEngine engine, HostInstances instances, Duration stopTimeout) {
    this.engine = engine;
    this.instances = instances;
    this.stopTimeout = stopTimeout;
  }

  void end(String instanceId, Predicate<EngineContainer> which) throws InterruptedException {
    for (var run : instances.one(instanceId).runs()) {
      if (which.test(run)) {
        end(run);
      }
    }
  }

  private void end(EngineContainer run) throws InterruptedException {
    if (run.isNew()) {
      instances.remove(run);
    }
    if (!run.isAlive()) {
      return;
    }
    var asked = ask(run);
    // What is frozen cannot heed it.
    engine.post("/containers/%s/unpause".formatted(run.id()));
    if (!endsWithin(run, asked + timeout(run).toMillis())) {
      signal(run, "SIGKILL");
      if (!endsWithin(run, System.currentTimeMillis() + KILLING.toMillis())) {
        throw new HostFaultException("a run does not end: " + run.name());
      }
    }
  }

  /** When it was asked, by this worker or by one before it. */
  private long ask(EngineContainer run) {
    var held = instances.one(run.instanceId());
    if (held.isNewest(run) && held.state().run().askedToEnd() > 0) {
      return held.state().run().askedToEnd();
    }
    var now = System.currentTimeMillis();
    signal(run, "SIGTERM");
    instances.update(
        run.instanceId(),
        state ->
            state.run().sequence() == run.run()
                ? state.withRun(state.run().askedToEnd(now))
                : state);
    return now;
  }

  private Duration timeout(EngineContainer run) {
    var own = run.labels().getOrDefault(ContainerLabels.STOP_TIMEOUT, "");
    return own.matches("\\d{1,9}") ? Duration.ofMillis(Long.parseLong(own)) : stopTimeout;
  }

  private void signal(EngineContainer run, String signal) {
    var path = "/containers/%s/kill?signal=%s".formatted(run.id(), signal);
    var answer = engine.post(path);
    // 404, 409: it has ended meanwhile.
    if (answer.status() != 404 && answer.status() != 409) {
      engine.ok(answer, path);
    }
  }

  private boolean endsWithin(EngineContainer run, long until) throws InterruptedException {
    for (long pause = 5; isAlive(run); pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
      var left = until - System.currentTimeMillis();
      if (left <= 0) {
        return false;
      }
      Thread.sleep(Math.min(pause, left));
    }
    return true;
  }

  private boolean isAlive(EngineContainer run) {
    return engine
        .find("/containers/%s/json".formatted(run.id()))
        .map(container -> container.path("State").path("Running").asBoolean(false))
        .orElse(false);
  }
}
