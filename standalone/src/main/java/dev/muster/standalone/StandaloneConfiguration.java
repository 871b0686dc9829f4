package dev.muster.standalone;

import dev.muster.command.CommandServiceConfiguration;
import dev.muster.query.QueryServiceConfiguration;
import dev.muster.web.PlatformWebConfiguration;
import dev.muster.worker.ProvisionerWorkerConfiguration;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/** The three services in one application. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({
  PlatformWebConfiguration.class,
  CommandServiceConfiguration.class,
  QueryServiceConfiguration.class,
  ProvisionerWorkerConfiguration.class,
})
class StandaloneConfiguration {}
