package dev.muster.web.server;

import dev.muster.web.settings.WebSettings;
import java.time.Duration;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/** Makes the server speak {@link TimedProtocol}. */
@Component
final class TimedServer implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

  private final Duration requestTime;

  TimedServer(WebSettings settings) {
    this.requestTime = settings.http().requestTime();
  }

  @Override
  public void customize(TomcatServletWebServerFactory factory) {
    factory.setProtocol(TimedProtocol.class.getName());
    factory.addConnectorCustomizers(
        connector -> {
          if (connector.getProtocolHandler() instanceof TimedProtocol protocol) {
            protocol.setHeadTime(requestTime);
          }
        });
  }
}
