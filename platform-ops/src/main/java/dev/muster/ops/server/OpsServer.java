package dev.muster.ops.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.muster.ops.ready.Readiness;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code /healthz} (200 when ready, 503 with what is missing), {@code /livez} (200 while the
 * process answers) and {@code /metrics} (Prometheus text), without a key and off the public edge.
 * First to start and last to stop, so that a service that waits for its database can be asked why.
 */
public final class OpsServer implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(OpsServer.class);
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final OpsSettings settings;
  private final PrometheusMeterRegistry registry;
  private final Readiness readiness;
  private @Nullable Running running;

  private record Running(HttpServer server, ExecutorService threads) {}

  public OpsServer(OpsSettings settings, PrometheusMeterRegistry registry, Readiness readiness) {
    this.settings = settings;
    this.registry = registry;
    this.readiness = readiness;
  }

  /** The port it listens on, or -1 while it does not. */
  public synchronized int port() {
    return running == null ? OpsSettings.NONE : running.server().getAddress().getPort();
  }

  @Override
  public synchronized void start() {
    if (settings.port() == OpsSettings.NONE || running != null) {
      return;
    }
    try {
      var server =
          HttpServer.create(new InetSocketAddress(settings.address(), settings.port()), 16);
      var threads = Executors.newVirtualThreadPerTaskExecutor();
      server.setExecutor(threads);
      server.createContext("/", exchange -> answer(exchange, this::route));
      server.start();
      running = new Running(server, threads);
      log.info("operators_port address={} port={}", settings.address(), port());
    } catch (IOException e) {
      throw new OpsPortException(
          "port %d for operators cannot be used (%s); set muster.ops.port to another"
              .formatted(settings.port(), e.getMessage()),
          e);
    }
  }

  @Override
  public synchronized void stop() {
    if (running != null) {
      running.server().stop(0);
      running.threads().close();
      running = null;
    }
  }

  @Override
  public synchronized boolean isRunning() {
    return running != null;
  }

  @Override
  public int getPhase() {
    return Integer.MIN_VALUE;
  }

  private Answer route(String path) {
    return switch (path) {
      case "/healthz" -> health();
      case "/livez" -> Answer.json(200, new Word("alive"));
      case "/metrics" -> new Answer(200, METRICS_TYPE, registry.scrape());
      default -> Answer.json(404, new Word("there are /healthz, /livez and /metrics"));
    };
  }

  private Answer health() {
    var missing = readiness.missing();
    return missing.isEmpty()
        ? Answer.json(200, new Health("ready", missing, readiness.raised()))
        : Answer.json(503, new Health("not ready", missing, readiness.raised()));
  }

  @FunctionalInterface
  private interface Route {
    Answer to(String path);
  }

  private static void answer(HttpExchange exchange, Route route) throws IOException {
    try (exchange) {
      var method = exchange.getRequestMethod();
      var answer =
          method.equals("GET") || method.equals("HEAD")
              ? route.to(exchange.getRequestURI().getPath())
              : Answer.json(405, new Word("only GET"));
      var body = answer.body().getBytes(UTF_8);
      exchange.getResponseHeaders().set("Content-Type", answer.mediaType());
      exchange.getResponseHeaders().set("Cache-Control", "no-store");
      exchange.sendResponseHeaders(answer.status(), method.equals("HEAD") ? -1 : body.length);
      if (!method.equals("HEAD")) {
        exchange.getResponseBody().write(body);
      }
    } catch (RuntimeException e) {
      log.warn("operators_request_failed path={}", exchange.getRequestURI().getPath(), e);
    }
  }

  private record Word(String status) {}

  private record Health(String status, Map<String, String> missing, Map<String, String> alarms) {}

  private record Answer(int status, String mediaType, String body) {

    static Answer json(int status, Object body) {
      return new Answer(status, "application/json", JSON.writeValueAsString(body));
    }
  }
}
