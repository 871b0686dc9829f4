package dev.muster.ops;

import dev.muster.ops.alarm.Alarm;
import dev.muster.ops.alarm.RefusedRecords;
import dev.muster.ops.job.BackgroundJob;
import dev.muster.ops.job.JobWatch;
import dev.muster.ops.metrics.JvmMetrics;
import dev.muster.ops.ready.Readiness;
import dev.muster.ops.ready.ReadinessCheck;
import dev.muster.ops.server.OpsServer;
import dev.muster.ops.server.OpsSettings;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** A port for operators beside what a service does; each process imports this once. */
@Configuration(proxyBeanMethods = false)
public class OpsConfiguration {

  @Bean(destroyMethod = "close")
  PrometheusMeterRegistry meterRegistry() {
    var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    JvmMetrics.bindTo(registry);
    return registry;
  }

  @Bean
  RefusedRecords refusedRecords() {
    return new RefusedRecords();
  }

  @Bean
  Readiness readiness(
      ObjectProvider<ReadinessCheck> checks,
      ObjectProvider<Alarm> alarms,
      ObjectProvider<BackgroundJob> jobs,
      PrometheusMeterRegistry registry) {
    var watch = new JobWatch(jobs.orderedStream().map(BackgroundJob::loop).toList(), registry);
    return new Readiness(
        Stream.concat(checks.orderedStream(), Stream.of(watch)).toList(),
        alarms.orderedStream().toList());
  }

  @Bean
  OpsServer opsServer(
      Environment environment, PrometheusMeterRegistry registry, Readiness readiness) {
    return new OpsServer(OpsSettings.read(environment), registry, readiness);
  }
}
