package dev.muster.command;

import dev.muster.web.PlatformWebConfiguration;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/** The command service in a process of its own. */
@SpringBootConfiguration
@EnableAutoConfiguration
@Import({CommandServiceConfiguration.class, PlatformWebConfiguration.class})
public class CommandService {

  public static void main(String[] args) {
    SpringApplication.run(CommandService.class, args);
  }
}
