package dev.muster.query;

import dev.muster.web.PlatformWebConfiguration;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/** The query service as a process of its own. */
@SpringBootConfiguration
@EnableAutoConfiguration
@Import({QueryServiceConfiguration.class, PlatformWebConfiguration.class})
public class QueryService {

  public static void main(String[] args) {
    SpringApplication.run(QueryService.class, args);
  }
}
