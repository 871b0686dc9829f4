package dev.muster.web.body;

import dev.muster.web.problem.ProblemIOException;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** A request whose body is looked at while it is read. */
abstract class GuardedRequest extends HttpServletRequestWrapper {

  private boolean broken;
  private long readingNanos;

  GuardedRequest(HttpServletRequest request) {
    super(request);
  }

  /**
   * After each read.
   *
   * @param more bytes that were read, 0 at the end of the body
   * @throws ProblemIOException when the rest is not wanted
   */
  abstract void check(int more) throws ProblemIOException;

  /** Whether the connection gave up its body; the server knows what to do with such a one. */
  final boolean isBroken() {
    return broken;
  }

  /** How long its body was waited for, up to now. */
  final long readingNanos() {
    return readingNanos;
  }

  private interface Read {

    int from(ServletInputStream body) throws IOException;
  }

  private int read(ServletInputStream body, Read read) throws IOException {
    var begin = System.nanoTime();
    try {
      return read.from(body);
    } catch (IOException e) {
      broken = true;
      throw e;
    } finally {
      readingNanos += System.nanoTime() - begin;
    }
  }

  @Override
  public final ServletInputStream getInputStream() throws IOException {
    return new Guarded(super.getInputStream());
  }

  @Override
  public final BufferedReader getReader() throws IOException {
    return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
  }

  private final class Guarded extends ServletInputStream {

    private final ServletInputStream body;

    Guarded(ServletInputStream body) {
      this.body = body;
    }

    @Override
    public int read() throws IOException {
      int next = GuardedRequest.this.read(body, ServletInputStream::read);
      check(next >= 0 ? 1 : 0);
      return next;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int count = GuardedRequest.this.read(body, it -> it.read(buffer, offset, length));
      check(Math.max(count, 0));
      return count;
    }

    @Override
    public boolean isFinished() {
      return body.isFinished();
    }

    @Override
    public boolean isReady() {
      return body.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
      body.setReadListener(listener);
    }
  }
}
