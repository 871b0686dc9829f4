package dev.muster.ops.launch;

import dev.muster.ops.ready.Readiness;
import dev.muster.ops.server.OpsServer;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationContext;

/** Says in the log where a service can be found, and when it has become ready. */
final class ReadyLogLine {

  private static final Logger log = LoggerFactory.getLogger(ReadyLogLine.class);
  private static final Duration LOOK = Duration.ofMillis(100);
  private static final int LOOKS_BETWEEN_WORDS = 50;

  private ReadyLogLine() {}

  static void say(String service, ApplicationContext context) {
    log.info(
        "service_started service={} port={} ops_port={} pid={}",
        service,
        context.getEnvironment().getProperty("local.server.port", "none"),
        context.getBean(OpsServer.class).port(),
        ProcessHandle.current().pid());
    var readiness = context.getBean(Readiness.class);
    Thread.ofPlatform().daemon().name("ready-word").start(() -> await(service, readiness));
  }

  private static void await(String service, Readiness readiness) {
    try {
      for (int look = 1; !readiness.missing().isEmpty(); look++) {
        if (look % LOOKS_BETWEEN_WORDS == 0) {
          log.info("service_waits service={} missing={}", service, readiness.missing());
        }
        Thread.sleep(LOOK);
      }
      log.info("service_ready service={}", service);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
