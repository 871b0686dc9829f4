package dev.muster.cli.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.muster.cli.proof.SampleLog;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Serves a log as the query service does, and may break off. */
final class LogServer implements AutoCloseable {

  final List<String> asked = Collections.synchronizedList(new ArrayList<>());
  private final HttpServer server;
  private final SampleLog log;
  private final Map<String, String> others = new HashMap<>();
  List<String> rows;

  /** Entries that are signed. */
  private final int signed;

  /** So often the newest event is not signed yet. */
  final AtomicInteger looksBefore = new AtomicInteger();

  /** After so many rows each answer breaks off. */
  volatile int cutAfter = Integer.MAX_VALUE;

  /** So many answers with rows come at all. */
  final AtomicInteger answers = new AtomicInteger(Integer.MAX_VALUE);

  LogServer(SampleLog log) throws IOException {
    this.log = log;
    this.rows = log.rows;
    this.signed = log.size();
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Another answer. */
  LogServer on(String path, String body) {
    others.put(path, body);
    return this;
  }

  private void answer(HttpExchange call) throws IOException {
    var path = call.getRequestURI().toString();
    asked.add(path);
    var query = query(call);
    if (others.containsKey(path)) {
      send(call, others.get(path).getBytes(UTF_8));
    } else if (path.equals("/api/audit/checkpoint")) {
      send(
          call,
          log.checkpoint(looksBefore.getAndDecrement() > 0 ? signed - 1 : signed).getBytes(UTF_8));
    } else if (path.equals("/api/audit/key")) {
      send(call, log.key().getBytes(UTF_8));
    } else if (path.startsWith("/api/audit/tile/")) {
      tile(call, path.substring("/api/audit/tile/".length()));
    } else if (path.startsWith("/api/audit/proof?")) {
      send(
          call,
          log.proof(Integer.parseInt(query.get("index")), Integer.parseInt(query.get("size")))
              .getBytes(UTF_8));
    } else if (path.startsWith("/api/audit/events")) {
      events(call, Integer.parseInt(query.getOrDefault("after", "-1")) + 1);
    } else {
      call.sendResponseHeaders(404, -1);
    }
    call.close();
  }

  private static Map<String, String> query(HttpExchange call) {
    var query = new HashMap<String, String>();
    var text = call.getRequestURI().getQuery();
    if (text != null) {
      Arrays.stream(text.split("&"))
          .map(one -> one.split("=", 2))
          .forEach(one -> query.put(one[0], one[1]));
    }
    return query;
  }

  private void tile(HttpExchange call, String path) throws IOException {
    var parts = path.split("/", 2);
    var number = parts[1].split("\\.p/");
    int width = number.length == 1 ? SampleLog.WIDTH : Integer.parseInt(number[1]);
    int tile = Integer.parseInt(number[0].replaceAll("[x/]", ""));
    send(call, parts[0].equals("0") ? log.leaves(tile, width) : log.bundle(tile, width));
  }

  private void events(HttpExchange call, int first) throws IOException {
    var found = rows.subList(Math.min(first, rows.size()), rows.size());
    if (!call.getRequestHeaders()
        .getOrDefault("Accept", List.of())
        .contains("application/x-ndjson")) {
      send(
          call,
          ("[" + String.join(",", found.subList(0, Math.min(1, found.size()))) + "]")
              .getBytes(UTF_8));
      return;
    }
    int count = answers.getAndDecrement() > 0 ? Math.min(cutAfter, found.size()) : 0;
    var text = String.join("\n", found.subList(0, count)) + "\n";
    var bytes = (count == 0 ? "" : text).getBytes(UTF_8);
    boolean cut = count < found.size();
    call.sendResponseHeaders(200, bytes.length == 0 && !cut ? -1 : bytes.length + (cut ? 9 : 0));
    call.getResponseBody().write(bytes);
    call.getResponseBody().flush();
  }

  private static void send(HttpExchange call, byte[] bytes) throws IOException {
    call.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
    call.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
