package dev.muster.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.muster.cli.context.Context;
import dev.muster.cli.context.Contexts;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/**
 * Does what most calls do, against a server of its own, so that a Java which keeps the classes it
 * has loaded ({@code -XX:AOTCacheOutput}) has those.
 */
final class Training {

  private static final String INSTANCE =
      """
      {"id": "inst_01jqxw6c9m3h2v8k5r7t4n0pbd", "name": "my-bot", "status": "running",
       "region": "us-east-1", "created_at": 1710410400, "updated_at": 1710410700, "health": null,
       "version": 2, "command": [], "env": {}, "deleted": false}\
      """;

  private static final List<List<String>> CALLS =
      List.of(
          List.of("version"),
          List.of("--help"),
          List.of("list", "--sort", "name"),
          List.of("list", "-o", "json"),
          List.of("list", "-o", "yaml"),
          List.of("list", "-o", "jsonpath=$[*].id"),
          List.of("get", "my-bot"),
          List.of("create", "my-bot", "--env", "A=1", "--", "sleep", "1"),
          List.of("pause", "my-bot"),
          List.of("logs", "my-bot"),
          List.of("hosts"),
          List.of("explain", "running"),
          List.of("lst"));

  private Training() {}

  public static void main(String[] arguments) throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", Training::answer);
    server.start();
    var settings = Files.createTempDirectory("muster-training");
    var variables = Map.of("XDG_CONFIG_HOME", settings.toString());
    var contexts = Contexts.of(variables).orElseThrow();
    var key = Files.writeString(settings.resolve("key"), "none").toString();
    var url = "http://localhost:" + server.getAddress().getPort();
    contexts.put("training", new Context(url, null, key, null));
    contexts.use("training");
    var nowhere = new PrintStream(OutputStream.nullOutputStream(), false, UTF_8);
    var environment =
        new Environment(
            variables,
            InputStream.nullInputStream(),
            nowhere,
            nowhere,
            false,
            true,
            true,
            100,
            Clock.systemUTC());
    CALLS.forEach(call -> new Program(environment).run(call.toArray(String[]::new)));
    contexts.remove("training");
    for (var left : List.of("muster/contexts", "muster/current", "muster", "key", "")) {
      Files.delete(settings.resolve(left));
    }
    System.exit(0);
  }

  private static void answer(HttpExchange call) throws IOException {
    call.getRequestBody().readAllBytes();
    var path = call.getRequestURI().getPath();
    boolean log = path.endsWith("/logs");
    var line =
        "id: 1\n"
            + "data: {\"at\":\"2026-03-14T09:26:53Z\",\"text\":\"hello\"}\n\n"
            + "event: end\n"
            + "data: {}\n\n";
    var list = "[" + INSTANCE + "]";
    boolean isList = call.getRequestMethod().equals("GET") && !path.contains("inst_");
    var bytes = (log ? line : isList ? list : INSTANCE).getBytes(UTF_8);
    call.getResponseHeaders().add("Content-Type", log ? "text/event-stream" : "application/json");
    // In chunks, as servers send what they make on the way.
    call.sendResponseHeaders(200, 0);
    call.getResponseBody().write(bytes);
    call.close();
  }
}
