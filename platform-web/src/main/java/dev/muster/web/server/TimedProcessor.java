package dev.muster.web.server;

import java.io.IOException;
import java.time.Duration;
import org.apache.coyote.Adapter;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.SocketWrapperBase;

/** Called whenever more of a head has arrived; looks when its first byte did. */
final class TimedProcessor extends Http11Processor {

  private final long atMostNanos;

  TimedProcessor(TimedProtocol protocol, Adapter adapter, Duration atMost) {
    super(protocol, adapter);
    this.atMostNanos = atMost.toNanos();
  }

  @Override
  public SocketState service(SocketWrapperBase<?> socket) throws IOException {
    var begun = request.getStartTimeNanos();
    if (begun > 0 && System.nanoTime() - begun > atMostNanos) {
      return SocketState.CLOSED;
    }
    var state = super.service(socket);
    // Of empty lines before a request nothing is remembered otherwise, not even when they came.
    return state == SocketState.OPEN && request.getStartTimeNanos() > 0 ? SocketState.LONG : state;
  }
}
