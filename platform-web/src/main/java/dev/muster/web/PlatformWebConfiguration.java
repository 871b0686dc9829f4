package dev.muster.web;

import dev.muster.ops.OpsConfiguration;
import dev.muster.web.settings.WebSettings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FullyQualifiedAnnotationBeanNameGenerator;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.PropertySource;
import org.springframework.core.env.Environment;

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
}
