package dev.muster.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * What a worker needs to know besides its hosts.
 *
 * @param name of this worker, {@code muster.worker.name}; the machine's name when absent
 * @param tasksAtOnce instances of a region that are acted on at the same time, {@code
 *     muster.worker.tasks-at-once}
 * @param hostsData folder of process hosts, {@code muster.hosts-data}
 * @param healthInterval between health samples, {@code muster.health-interval}
 */
record WorkerSettings(String name, int tasksAtOnce, Path hostsData, Duration healthInterval) {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,100}");
  private static final Path MACHINE_NAME = Path.of("/proc/sys/kernel/hostname");

  WorkerSettings {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalStateException(
          "muster.worker.name is '%s'; it takes 1..100 letters, digits, '.', '_' and '-'"
              .formatted(name));
    }
    if (tasksAtOnce < 1 || tasksAtOnce > 512) {
      throw new IllegalStateException(
          "muster.worker.tasks-at-once is %d; it takes 1..512".formatted(tasksAtOnce));
    }
    if (healthInterval.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalStateException(
          "muster.health-interval is %s; it takes 1s or more".formatted(healthInterval));
    }
  }

  static WorkerSettings read(Environment environment) {
    var binder = Binder.get(environment);
    return new WorkerSettings(
        binder.bind("muster.worker.name", String.class).orElseGet(WorkerSettings::machineName),
        binder.bind("muster.worker.tasks-at-once", Integer.class).get(),
        Path.of(environment.getRequiredProperty("muster.hosts-data")),
        binder.bind("muster.health-interval", Duration.class).get());
  }

  private static String machineName() {
    try {
      return Files.readString(MACHINE_NAME).strip();
    } catch (IOException e) {
      return "worker";
    }
  }
}
