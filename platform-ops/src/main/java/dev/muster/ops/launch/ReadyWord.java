package dev.muster.ops.launch;

import dev.muster.ops.server.OpsServer;
import dev.muster.ops.server.ReadinessSource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationContext;

/** Says in the log where a service can be found, and when it has become ready. */
final class ReadyWord {

  private static final Logger log = LoggerFactory.getLogger(ReadyWord.class);
  private static final Duration LOOK = Duration.ofMillis(100);
  private static final int LOOKS_BETWEEN_WORDS = 50;

  private ReadyWord() {}

  static void say(String service, ApplicationContext context) {
    log.info(
        "service_started service={} port={} ops_port={} pid={}",
        service,
        context.getEnvironment().getProperty("local.server.port", "none"),
        context.getBean(OpsServer.class).port(),
        ProcessHandle.current().pid());
    var sources = List.copyOf(context.getBeansOfType(ReadinessSource.class).values());
    Thread.ofPlatform().daemon().name("ready-word").start(() -> await(service, sources));
  }

  private static void await(String service, List<ReadinessSource> sources) {
    try {
      for (int look = 1; !missing(sources).isEmpty(); look++) {
        if (look % LOOKS_BETWEEN_WORDS == 0) {
          log.info("service_waits service={} missing={}", service, missing(sources));
        }
        Thread.sleep(LOOK);
      }
      log.info("service_ready service={}", service);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Map<String, String> missing(List<ReadinessSource> sources) {
    var missing = new TreeMap<String, String>();
    sources.forEach(source -> missing.putAll(source.missing()));
    return missing;
  }
}
