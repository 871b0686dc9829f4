package dev.muster.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;

/**
 * A server on this machine that answers what a test has told it to, and keeps what it was asked.
 */
public final class FakeServer implements AutoCloseable {

  /**
   * @param cut how many bytes less than announced are sent before the connection breaks
   */
  record Reply(int status, String type, String body, Map<String, String> headers, int cut) {}

  /** What was asked. */
  public record Asked(String method, String path, Map<String, String> headers, String body) {

    public String header(String name) {
      return Optional.ofNullable(headers.get(name)).orElse("");
    }
  }

  public final List<Asked> asked = Collections.synchronizedList(new ArrayList<>());
  private final Map<String, Deque<Reply>> replies = new HashMap<>();
  private final HttpServer server;

  public FakeServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /**
   * The last of several replies is given again and again.
   *
   * @param call method and path with its query, which may be {@code *}
   */
  public FakeServer on(String call, int status, String body, String... headers) {
    var type = status >= 400 ? "application/problem+json" : "application/json";
    return on(call, new Reply(status, type, body, pairs(headers), 0));
  }

  /** Events, after which the connection breaks. */
  public FakeServer stream(String call, String events) {
    return stream(call, events, 1);
  }

  /**
   * @param cut 0 when the answer is whole
   */
  public FakeServer stream(String call, String events, int cut) {
    return on(call, new Reply(200, "text/event-stream", events, Map.of(), cut));
  }

  private synchronized FakeServer on(String call, Reply reply) {
    replies.computeIfAbsent(call, _ -> new ArrayDeque<>()).add(reply);
    return this;
  }

  private synchronized Reply reply(String call) {
    var waiting =
        Optional.ofNullable(replies.get(call)).orElse(replies.get(call.split("\\?")[0] + "?*"));
    if (waiting == null) {
      var none = "{\"type\":\"/problems/not-found\",\"title\":\"Not found\",\"detail\":\"%s\"}";
      return new Reply(404, "application/problem+json", none.formatted(call), Map.of(), 0);
    }
    return waiting.size() > 1 ? waiting.removeFirst() : waiting.getFirst();
  }

  private void answer(HttpExchange call) throws IOException {
    var path = call.getRequestURI().toString();
    var headers = new HashMap<String, String>();
    call.getRequestHeaders().forEach((name, values) -> headers.put(name, values.getFirst()));
    var body = new String(call.getRequestBody().readAllBytes(), UTF_8);
    asked.add(new Asked(call.getRequestMethod(), path, headers, body));
    var reply = reply(call.getRequestMethod() + " " + path);
    call.getResponseHeaders().add("Content-Type", reply.type());
    reply.headers().forEach(call.getResponseHeaders()::add);
    var bytes = reply.body().getBytes(UTF_8);
    call.sendResponseHeaders(
        reply.status(), bytes.length == 0 && reply.cut() == 0 ? -1 : bytes.length + reply.cut());
    call.getResponseBody().write(bytes);
    call.getResponseBody().flush();
    call.close();
  }

  private static Map<String, String> pairs(String... headers) {
    var pairs = new HashMap<String, String>();
    for (int i = 0; i < headers.length; i += 2) {
      pairs.put(headers[i], headers[i + 1]);
    }
    return pairs;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
