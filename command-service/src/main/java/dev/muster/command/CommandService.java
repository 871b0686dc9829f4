package dev.muster.command;

import dev.muster.command.start.CannotStartException;
import dev.muster.events.kafka.UnsuitableTopicsException;
import dev.muster.ops.launch.ServiceLauncher;
import dev.muster.ops.launch.ServiceProgram;
import dev.muster.web.PlatformWebConfiguration;
import dev.muster.web.settings.WebSettings;
import java.util.List;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/** The command service in a process of its own. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({CommandServiceConfiguration.class, PlatformWebConfiguration.class})
public class CommandService {

  public static void main(String[] args) {
    ServiceLauncher.run(
        new ServiceProgram(
            "command",
            CommandService.class,
            "command-service.properties",
            3001,
            3101,
            settings ->
                settings
                    .attempt(() -> CommandServiceConfiguration.verify(settings.environment()))
                    .attempt(() -> WebSettings.read(settings.environment())),
            List.of(CannotStartException.class, UnsuitableTopicsException.class)),
        args);
  }
}
