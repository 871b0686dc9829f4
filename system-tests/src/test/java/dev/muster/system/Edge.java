package dev.muster.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Locale.ROOT;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One port before all services: GET and HEAD to a query replica, the rest to a command replica, in
 * turn. A replica that cannot be reached is passed over; one that broke off is asked no more than
 * once for what may be done only once.
 */
final class Edge implements AutoCloseable {

  private static final Set<String> READS = Set.of("GET", "HEAD");
  private static final Set<String> OF_THE_CONNECTION =
      Set.of("connection", "host", "content-length", "transfer-encoding", "keep-alive", "upgrade");

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicInteger turn = new AtomicInteger();
  private final HttpServer server;
  private final List<Integer> commands;
  private final List<Integer> queries;

  Edge(List<Integer> commands, List<Integer> queries) throws IOException {
    this.commands = commands;
    this.queries = queries;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      var body = exchange.getRequestBody().readAllBytes();
      var read = READS.contains(exchange.getRequestMethod());
      var replicas = read ? queries : commands;
      int first = turn.getAndIncrement();
      for (int i = 0; i < replicas.size(); i++) {
        int port = replicas.get(Math.floorMod(first + i, replicas.size()));
        try {
          answer(exchange, client.send(request(exchange, port, body), Edge::body));
          return;
        } catch (ConnectException e) {
          // The next one, since this one has heard nothing.
        } catch (IOException e) {
          if (!read) {
            break;
          }
        }
      }
      unavailable(exchange);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static HttpRequest request(HttpExchange exchange, int port, byte[] body) {
    var target = URI.create("http://127.0.0.1:" + port + exchange.getRequestURI());
    var request =
        HttpRequest.newBuilder(target)
            .timeout(Duration.ofSeconds(75))
            .method(
                exchange.getRequestMethod(),
                body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              if (!OF_THE_CONNECTION.contains(name.toLowerCase(ROOT))) {
                values.forEach(value -> request.header(name, value));
              }
            });
    return request.build();
  }

  /** All of it before any is passed on, so that another can be asked; but streams have no end. */
  private static BodySubscriber<InputStream> body(ResponseInfo response) {
    return isStream(response.headers())
        ? BodySubscribers.ofInputStream()
        : BodySubscribers.mapping(BodySubscribers.ofByteArray(), ByteArrayInputStream::new);
  }

  private static boolean isStream(HttpHeaders headers) {
    return headers.firstValue("X-Accel-Buffering").orElse("").equals("no");
  }

  /** As deploy/nginx.conf words it. */
  private static void unavailable(HttpExchange exchange) throws IOException {
    var path = exchange.getRequestURI().getPath();
    var body =
        """
        {"type":"/problems/unavailable","title":"A part this needs is down","status":503,\
        "detail":"no replica of the service answers; try again","instance":"%s",\
        "request_id":"req_edge"}\
        """
            .formatted(path)
            .getBytes(UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/problem+json");
    exchange.getResponseHeaders().add("Retry-After", "5");
    exchange.getResponseHeaders().add("X-Request-Id", "req_edge");
    exchange.sendResponseHeaders(503, body.length);
    exchange.getResponseBody().write(body);
  }

  private static void answer(HttpExchange exchange, HttpResponse<InputStream> response)
      throws IOException {
    response
        .headers()
        .map()
        .forEach(
            (name, values) -> {
              if (!OF_THE_CONNECTION.contains(name.toLowerCase(ROOT))) {
                exchange.getResponseHeaders().put(name, values);
              }
            });
    try (var body = response.body()) {
      if (isStream(response.headers())) {
        exchange.sendResponseHeaders(response.statusCode(), 0);
        passOn(body, exchange.getResponseBody());
      } else {
        var all = body.readAllBytes();
        exchange.sendResponseHeaders(response.statusCode(), all.length == 0 ? -1 : all.length);
        if (all.length > 0) {
          exchange.getResponseBody().write(all);
        }
      }
    }
  }

  private static void passOn(InputStream body, OutputStream out) throws IOException {
    var piece = new byte[8_192];
    for (int read = body.read(piece); read >= 0; read = body.read(piece)) {
      out.write(piece, 0, read);
      out.flush();
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    client.shutdownNow();
  }
}
