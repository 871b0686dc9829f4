package dev.muster.worker.driver.docker;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;

/**
 * A connection that an engine has given to the input and output of a process. The client of
 * docker-java cannot close one of its two directions on a Unix socket, so that no process would see
 * the end of its input.
 */
final class AttachedExec implements AutoCloseable {

  private static final int LONGEST_HEADER = 8192;

  private final SocketChannel channel;
  private final InputStream output;

  private AttachedExec(SocketChannel channel) {
    this.channel = channel;
    this.output = Channels.newInputStream(channel);
  }

  /** Starts the process of that id. */
  static AttachedExec start(URI engine, String id, byte[] body) throws IOException {
    var attached = new AttachedExec(connect(engine));
    try {
      var header =
          """
          POST /exec/%s/start HTTP/1.1\r
          Host: docker\r
          Connection: Upgrade\r
          Upgrade: tcp\r
          Content-Type: application/json\r
          Content-Length: %d\r
          \r
          """
              .formatted(id, body.length);
      var request = Channels.newOutputStream(attached.channel);
      request.write(header.getBytes(US_ASCII));
      request.write(body);
      var answer = attached.header();
      if (!answer.startsWith("HTTP/1.1 101 ")) {
        throw new IOException("the engine gave no connection: " + answer.lines().findFirst());
      }
      return attached;
    } catch (IOException | RuntimeException e) {
      attached.close();
      throw e;
    }
  }

  private static SocketChannel connect(URI engine) throws IOException {
    var isUnix = engine.getScheme().equals("unix");
    SocketAddress address =
        isUnix
            ? UnixDomainSocketAddress.of(engine.getPath())
            : new InetSocketAddress(engine.getHost(), engine.getPort());
    var channel = isUnix ? SocketChannel.open(StandardProtocolFamily.UNIX) : SocketChannel.open();
    try {
      channel.connect(address);
      return channel;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private String header() throws IOException {
    var read = new ByteArrayOutputStream();
    while (!read.toString(US_ASCII).endsWith("\r\n\r\n")) {
      int next = output.read();
      if (next < 0 || read.size() > LONGEST_HEADER) {
        throw new IOException("the engine did not answer whole: " + read.toString(US_ASCII));
      }
      read.write(next);
    }
    return read.toString(US_ASCII);
  }

  InputStream output() {
    return output;
  }

  /** Closing it is the end of the input of the process, which goes on printing. */
  OutputStream input() {
    return new FilterOutputStream(Channels.newOutputStream(channel)) {
      @Override
      public void write(byte[] bytes, int from, int count) throws IOException {
        out.write(bytes, from, count);
      }

      @Override
      public void close() throws IOException {
        if (channel.isOpen()) {
          channel.shutdownOutput();
        }
      }
    };
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
