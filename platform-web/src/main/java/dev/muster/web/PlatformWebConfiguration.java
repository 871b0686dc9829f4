package dev.muster.web;

import dev.muster.ops.OpsConfiguration;
import dev.muster.web.settings.WebSettings;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FullyQualifiedAnnotationBeanNameGenerator;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.PropertySource;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.web.filter.ServerHttpObservationFilter;

/** What every HTTP service of the platform does in the same way; each imports this once. */
@Configuration(proxyBeanMethods = false)
@ComponentScan(nameGenerator = FullyQualifiedAnnotationBeanNameGenerator.class)
@Import(OpsConfiguration.class)
@PropertySource("classpath:platform-web.properties")
public class PlatformWebConfiguration {

  @Bean
  WebSettings webSettings(Environment environment) {
    return WebSettings.read(environment);
  }

  /** Times every call, as Spring Boot would with its Actuator, which needs a server of its own. */
  @Bean
  FilterRegistrationBean<ServerHttpObservationFilter> callTimes(MeterRegistry meters) {
    var observations = ObservationRegistry.create();
    observations.observationConfig().observationHandler(new DefaultMeterObservationHandler(meters));
    var filter = new FilterRegistrationBean<>(new ServerHttpObservationFilter(observations));
    filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
    return filter;
  }
}
