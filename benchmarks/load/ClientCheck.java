package load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;

/** Holds the client against a server that answers in every form, in pieces of a few bytes. */
final class ClientCheck {

  private static final List<String> ANSWERS =
      List.of(
          "HTTP/1.1 201 Created\r\nContent-Length: 17\r\nX: y\r\n\r\n{\"id\":\"inst_abc\"}",
          "HTTP/1.1 200 OK\r\n"
              + "transfer-encoding: chunked\r\n\r\n"
              + "4;x=y\r\n"
              + "wiki\r\n"
              + "A\r\n"
              + "0123456789\r\n"
              + "0\r\n"
              + "Trailer: z\r\n\r\n",
          "HTTP/1.1 204 No Content\r\n\r\n",
          "HTTP/1.1 503 \r\nRETRY-AFTER: 1\r\ncontent-length: 2\r\nConnection: close\r\n\r\nno",
          "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
          "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nshort");

  private ClientCheck() {}

  public static void main(String[] arguments) throws Exception {
    try (var server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> serve(server));
      var target = new Target(server.getLocalPort(), "key");
      var request = Request.post(target, "/", "{}");
      try (var connection = new Connection(target)) {
        var created = connection.ask(request);
        same(201, created.status());
        same("inst_abc", created.id());
        same("wiki0123456789", connection.ask(request).text());
        same(204, connection.ask(request).status());
        var refused = connection.ask(request);
        same(503, refused.status());
        same(true, refused.retryAfter());
        same("no", refused.text());
        same("", connection.ask(request).text());
        same(0, connection.ask(request).status());
      }
    }
    same(3.0, Percentile.of(new double[] {5, 1, 3}, 0.5));
    same(99.0, Percentile.of(LongStream.rangeClosed(1, 100).toArray(), 0.99));
    System.out.println("the client reads what it has to");
  }

  // One connection ends with the 503, the next with the answer that is too short.
  private static void serve(ServerSocket server) {
    try {
      int next = 0;
      for (int last : new int[] {3, 5}) {
        try (var socket = server.accept()) {
          socket.setTcpNoDelay(true);
          while (next <= last) {
            skipRequest(socket.getInputStream());
            for (var piece : ANSWERS.get(next++).split("(?<=\\G.{7})", -1)) {
              socket.getOutputStream().write(piece.getBytes(ISO_8859_1));
            }
          }
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void skipRequest(InputStream in) throws IOException {
    var seen = new StringBuilder();
    while (!seen.toString().endsWith("\r\n\r\n{}")) {
      seen.append((char) in.read());
    }
  }

  private static void same(Object expected, Object seen) {
    if (!Objects.equals(expected, seen)) {
      throw new AssertionError("expected " + expected + ", but it was " + seen);
    }
  }
}
