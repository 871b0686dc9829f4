package dev.muster.system;

import static java.util.Locale.ROOT;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
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
          answer(exchange, client.send(request(exchange, port, body), BodyHandlers.ofByteArray()));
          return;
        } catch (ConnectException e) {
          // The next one, since this one has heard nothing.
        } catch (IOException e) {
          if (!read) {
            break;
          }
        }
      }
      exchange.sendResponseHeaders(502, -1);
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

  private static void answer(HttpExchange exchange, HttpResponse<byte[]> response)
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
    var body = response.body();
    exchange.sendResponseHeaders(response.statusCode(), body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    client.shutdownNow();
  }
}
