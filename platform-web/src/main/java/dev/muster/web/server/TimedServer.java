package dev.muster.web.server;

import dev.muster.web.settings.WebSettings;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/** Makes the server speak {@link TimedProtocol}, and say little of what is no HTTP. */
@Component
final class TimedServer implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

  private static final List<String> OF_REQUESTS =
      List.of("org.apache.coyote", "org.apache.tomcat.util.http");

  private final LoggingSystem logging = LoggingSystem.get(TimedServer.class.getClassLoader());
  private final Duration requestTime;

  TimedServer(WebSettings settings) {
    this.requestTime = settings.http().requestTime();
  }

  @Override
  public void customize(TomcatServletWebServerFactory factory) {
    factory.setProtocol(TimedProtocol.class.getName());
    // Anybody can send what is no HTTP; it is worth a line, which ProblemValve writes, and no
    // trace.
    OF_REQUESTS.forEach(name -> logging.setLogLevel(name, LogLevel.WARN));
    factory.addConnectorCustomizers(
        connector -> {
          if (connector.getProtocolHandler() instanceof TimedProtocol protocol) {
            protocol.setHeadTime(requestTime);
          }
        });
  }
}
