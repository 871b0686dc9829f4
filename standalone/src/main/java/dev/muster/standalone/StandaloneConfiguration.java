package dev.muster.standalone;

import dev.muster.command.CommandServiceConfiguration;
import dev.muster.ops.OpsConfiguration;
import dev.muster.query.QueryServiceConfiguration;
import dev.muster.web.PlatformWebConfiguration;
import dev.muster.web.health.ReadinessCheck;
import dev.muster.worker.ProvisionerWorkerConfiguration;
import dev.muster.worker.Readiness;
import java.util.Optional;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** The three services in one application. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({
  PlatformWebConfiguration.class,
  CommandServiceConfiguration.class,
  QueryServiceConfiguration.class,
  ProvisionerWorkerConfiguration.class,
  OpsConfiguration.class,
})
class StandaloneConfiguration {

  /** The worker knows nothing of HTTP; here its word reaches {@code /healthz}. */
  @Bean
  ReadinessCheck workerReadiness(Readiness worker) {
    return new ReadinessCheck() {
      @Override
      public String part() {
        return worker.part();
      }

      @Override
      public Optional<String> missing() {
        return worker.missing();
      }
    };
  }
}
