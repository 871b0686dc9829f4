package dev.muster.web.server;

import java.time.Duration;
import org.apache.coyote.Processor;
import org.apache.coyote.http11.Http11NioProtocol;

/**
 * HTTP/1.1 where the head of a request has to arrive in bounded time. The server's own timeout
 * begins anew with every byte, so that a client who sends one now and then would stay for hours.
 * Made by Tomcat, by name.
 */
public final class TimedProtocol extends Http11NioProtocol {

  private volatile Duration headTime = Duration.ofSeconds(30);

  /** How long a request's line and headers may take, from their first byte to their last. */
  void setHeadTime(Duration atMost) {
    headTime = atMost;
  }

  @Override
  protected Processor createProcessor() {
    return new TimedProcessor(this, new LineEndAdapter(getAdapter()), headTime);
  }
}
