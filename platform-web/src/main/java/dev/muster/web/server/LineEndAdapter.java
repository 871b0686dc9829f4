package dev.muster.web.server;

import java.nio.ByteBuffer;
import org.apache.coyote.Adapter;
import org.apache.coyote.Request;
import org.apache.coyote.Response;
import org.apache.coyote.http11.Http11InputBuffer;
import org.apache.tomcat.util.net.SocketEvent;

/**
 * Refuses a head with lines that end in a bare LF, which the server takes for CRLF. A proxy that
 * does not would see other headers than this service.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9112.html#section-2.2">RFC 9112, 2.2</a>
 */
record LineEndAdapter(Adapter delegate) implements Adapter {

  @Override
  public void service(Request request, Response response) throws Exception {
    if (!response.isError()
        && request.getInputBuffer() instanceof Http11InputBuffer input
        && hasBareLineFeed(input.getByteBuffer())) {
      // As the server marks a head that it cannot read; 400 closes the connection.
      response.setStatus(400);
      response.setError();
    }
    ClientConnection.watch(request);
    delegate.service(request, response);
  }

  /** Up to its position the buffer holds the head, from its first byte to its last. */
  private static boolean hasBareLineFeed(ByteBuffer buffer) {
    for (int i = 0; i < buffer.position(); i++) {
      if (buffer.get(i) == '\n' && (i == 0 || buffer.get(i - 1) != '\r')) {
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean prepare(Request request, Response response) throws Exception {
    return delegate.prepare(request, response);
  }

  @Override
  public boolean asyncDispatch(Request request, Response response, SocketEvent status)
      throws Exception {
    return delegate.asyncDispatch(request, response, status);
  }

  @Override
  public void log(Request request, Response response, long time) {
    delegate.log(request, response, time);
  }

  @Override
  public void checkRecycled(Request request, Response response) {
    delegate.checkRecycled(request, response);
  }

  @Override
  public String getDomain() {
    return delegate.getDomain();
  }
}
