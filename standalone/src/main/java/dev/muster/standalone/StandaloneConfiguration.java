package dev.muster.standalone;

import dev.muster.web.PlatformWebConfiguration;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/** The three services in one application. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({
  PlatformWebConfiguration.class,
})
class StandaloneConfiguration {}
