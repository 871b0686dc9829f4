package dev.muster.query.live;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

@Configuration(proxyBeanMethods = false)
class LiveConfiguration {

  @Bean
  StreamSettings streamSettings(Environment environment) {
    return StreamSettings.read(environment);
  }
}
