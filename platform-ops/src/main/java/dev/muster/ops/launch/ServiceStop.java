package dev.muster.ops.launch;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ConfigurableApplicationContext;

/** Makes an orderly end out of SIGTERM and Ctrl-C, in bounded time and with exit status 0. */
final class ServiceStop {

  private static final Logger log = LoggerFactory.getLogger(ServiceStop.class);
  private static final Duration DEADLINE = Duration.ofSeconds(9);
  private static final AtomicBoolean FAILED = new AtomicBoolean();

  private volatile @Nullable ConfigurableApplicationContext context;

  private ServiceStop() {}

  static ServiceStop onSignal() {
    var stop = new ServiceStop();
    Runtime.getRuntime().addShutdownHook(new Thread(stop::stop, "stop"));
    return stop;
  }

  /** From now on there is something to close. */
  void whenAsked(ConfigurableApplicationContext started) {
    context = started;
  }

  /** The process ends because of a failure, and not because it was asked to. */
  static void failed() {
    FAILED.set(true);
  }

  private void stop() {
    var status = FAILED.get() ? 1 : 0;
    var started = context;
    if (started != null) {
      log.info("service_stopping");
      Thread.ofPlatform().daemon().name("stop-deadline").start(ServiceStop::haltAfterDeadline);
      started.close();
      log.info("service_stopped");
    }
    // A signal alone would make it 143, which whoever runs services takes for a failure.
    Runtime.getRuntime().halt(status);
  }

  private static void haltAfterDeadline() {
    try {
      Thread.sleep(DEADLINE);
      log.error("stop_incomplete after={} hint=others_take_over_what_was_in_hand", DEADLINE);
      Runtime.getRuntime().halt(1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
