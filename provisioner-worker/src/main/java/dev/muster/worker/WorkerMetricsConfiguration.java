package dev.muster.worker;

import dev.muster.worker.fleet.FleetMember;
import dev.muster.worker.fleet.RegionLag;
import dev.muster.worker.inbox.RegionInbox;
import dev.muster.worker.inbox.TaskCounter;
import dev.muster.worker.logs.LogCounter;
import dev.muster.worker.ssh.ShellCounter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToDoubleFunction;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * What a worker shows as metrics, when there is a registry: {@code muster.worker.lag.events} and
 * {@code muster.worker.lag.seconds} by region, {@code muster.worker.tasks.in.hand}, {@code
 * muster.job.failures}, and the counter {@code muster.worker.tasks} by kind and result; of what
 * instances print, {@code muster.worker.log.bytes} that were sent and {@code
 * muster.worker.log.missing.bytes}; of strangers, {@code muster.worker.ssh.dropped.connections}.
 */
// By name: Micrometer may be missing, and then nothing here may be loaded.
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(name = "io.micrometer.core.instrument.MeterRegistry")
class WorkerMetricsConfiguration {

  @Bean
  TaskCounter workerTaskCounter(ObjectProvider<MeterRegistry> registries) {
    var registry = registries.getIfAvailable();
    return registry == null
        ? TaskCounter.NONE
        : (kind, result) ->
            registry
                .counter("muster.worker.tasks", "kind", kind, "result", result.toString())
                .increment();
  }

  @Bean
  ShellCounter workerShellCounter(ObjectProvider<MeterRegistry> registries) {
    var registry = registries.getIfAvailable();
    if (registry == null) {
      return ShellCounter.NONE;
    }
    var dropped = registry.counter("muster.worker.ssh.dropped.connections");
    return dropped::increment;
  }

  @Bean
  LogCounter workerLogCounter(ObjectProvider<MeterRegistry> registries) {
    var registry = registries.getIfAvailable();
    if (registry == null) {
      return LogCounter.NONE;
    }
    var collected = registry.counter("muster.worker.log.bytes");
    var missing = registry.counter("muster.worker.log.missing.bytes");
    return new LogCounter() {
      @Override
      public void collected(long bytes) {
        collected.increment(bytes);
      }

      @Override
      public void missing(long bytes) {
        missing.increment(bytes);
      }
    };
  }

  @Bean
  SmartInitializingSingleton workerGauges(
      ObjectProvider<MeterRegistry> registries,
      FleetMember fleet,
      WorkerInboxes inboxes,
      WorkerLifecycle lifecycle) {
    return () ->
        registries.ifAvailable(
            registry -> {
              Gauge.builder("muster.worker.tasks.in.hand", fleet, FleetMember::tasksInHand)
                  .register(registry);
              FunctionCounter.builder(
                      "muster.job.failures", lifecycle, WorkerLifecycle::threadFailures)
                  .tag("job", "worker")
                  .register(registry);
              for (RegionInbox inbox : inboxes.all()) {
                var region = inbox.region();
                gauge(registry, fleet, "muster.worker.lag.events", region, RegionLag::events);
                gauge(registry, fleet, "muster.worker.lag.seconds", region, RegionLag::seconds);
              }
            });
  }

  private static void gauge(
      MeterRegistry registry,
      FleetMember fleet,
      String name,
      String region,
      ToDoubleFunction<RegionLag> value) {
    Gauge.builder(
            name,
            fleet,
            member ->
                member.lags().stream()
                    .filter(lag -> lag.region().equals(region))
                    .mapToDouble(value)
                    .sum())
        .tag("region", region)
        .register(registry);
  }
}
